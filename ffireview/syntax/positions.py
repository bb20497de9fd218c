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

    def line(self, offset: int) -> int:
        """The line of a byte offset, from 1."""
        return bisect_right(self._starts, offset)

    def range(self, start: int, end: int) -> Range:
        """The range between two byte offsets."""
        line, column = self._point(start)
        end_line, end_column = self._point(end)
        return Range(line, column, end_line, end_column)

    def _point(self, offset: int) -> tuple[int, int]:
        line = max(bisect_right(self._starts, offset), 1)
        head = self._source[self._starts[line - 1] : offset]
        return line, (len(head) if head.isascii() else len(head.decode("utf-8", "replace"))) + 1
