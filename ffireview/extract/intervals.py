"""Stretches of a file, asked which of them hold an offset."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Cover:
    """Stretches that may overlap, for one question: does one of them hold an offset?"""

    def __init__(self, pieces: Iterable[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(pieces):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        self._merged = merged

    def holds(self, offset: int) -> bool:
        """Whether the offset lies in a stretch."""
        index = bisect_right(self._merged, (offset, 1 << 62)) - 1
        return index >= 0 and offset < self._merged[index][1]


class Nest(Generic[T]):
    """Stretches that stand inside one another, never across, each with a value."""

    def __init__(self, rows: Iterable[tuple[tuple[int, int], T]]) -> None:
        self._rows = sorted(rows, key=lambda row: (row[0][0], -row[0][1]))
        self._starts = [row[0][0] for row in self._rows]
        self._parents: list[int] = []
        stack: list[int] = []
        for index, ((start, _), _) in enumerate(self._rows):
            while stack and self._rows[stack[-1]][0][1] <= start:
                stack.pop()
            self._parents.append(stack[-1] if stack else -1)
            stack.append(index)

    def around(self, start: int, end: int) -> Iterator[T]:
        """The values of all stretches that hold this one, innermost first."""
        index = bisect_right(self._starts, start) - 1
        while index >= 0:
            (_, high), value = self._rows[index]
            if end <= high:
                yield value
            index = self._parents[index]


class Blocks:
    """The braces of a stretch of code."""

    def __init__(self, code: bytes, partner: dict[int, int], start: int, end: int) -> None:
        opening = ((at, close) for at, close in partner.items() if start <= at < close and code[at] == ord("{"))
        self._nest = Nest(((at, close), close) for at, close in opening)
        self._end = end

    def end(self, offset: int) -> int:
        """The closing brace of the innermost block around an offset."""
        return next(self._nest.around(offset, offset), self._end)
