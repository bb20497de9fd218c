"""Byte offsets to a person's lines and columns, converted once."""

from bisect import bisect_right

from ffireview.model.place import Range

_MARK = b"\xef\xbb\xbf"
"""A byte order mark is no column."""


class Positions:
    """The line table of one file."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        starts = [len(_MARK) if source.startswith(_MARK) else 0]
        at = source.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = source.find(b"\n", at + 1)
        self._starts = starts
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
