"""Byte offsets to a person's lines and columns, converted once."""

from bisect import bisect_right

from ffireview.model.place import Range

_MARK = b"\xef\xbb\xbf"
"""A byte order mark is no column."""


class Positions:
    """The line table of one file."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._starts = _line_starts(source)
        self._ascii = source.isascii()
        self._length = len(source)

    def line(self, offset: int) -> int:
        """The line of a byte offset, from 1."""
        return bisect_right(self._starts, offset)

    def range(self, start: int, end: int) -> Range:
        """The range between two byte offsets."""
        return Range(*self.points(start, end))

    def points(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Line and column of two byte offsets."""
        return (*self._point(start), *self._point(end))

    def _point(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) or 1
        begin = self._starts[line - 1]
        if self._ascii:
            return line, (min(self._length, offset)) - begin + 1
        head = self._source[begin:offset]
        return line, (len(head) if head.isascii() else len(head.decode("utf-8", "replace"))) + 1


class Offsets:
    """A person's lines and columns back to byte offsets."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._starts = [*_line_starts(source), len(source)]

    def of(self, at: Range) -> tuple[int, int]:
        """The offsets of a range; what lies behind the end is the end."""
        return self.point(at.line, at.column), self.point(at.end_line, at.end_column)

    def point(self, line: int, column: int) -> int:
        """The offset of a line and column."""
        if line >= len(self._starts):
            return len(self._source)
        start, end = self._starts[line - 1], self._starts[line]
        row = self._source[start:end]
        if row.isascii():
            return min(start + column - 1, end)
        columns = range(len(row) + 1)
        return start + bisect_right(columns, column - 1, key=lambda n: len(row[:n].decode("utf-8", "replace"))) - 1

    def line(self, number: int) -> bytes:
        """The bytes of one line."""
        return self._source[self._starts[number - 1] : self._starts[number]] if number < len(self._starts) else b""

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        row = bisect_right(self._starts, offset, 0, len(self._starts) - 1) - 1
        return max(row, 0) + 1, len(self._source[self._starts[max(row, 0)] : offset].decode("utf-8", "replace")) + 1


def _line_starts(source: bytes) -> list[int]:
    starts = [len(_MARK) if source.startswith(_MARK) else 0]
    at = source.find(b"\n")
    while at >= 0:
        starts.append(at + 1)
        at = source.find(b"\n", at + 1)
    return starts
