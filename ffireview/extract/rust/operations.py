"""What unsafe code does: the operation queries, run only over the functions and items that hold a site."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.extract.rust.view import RustView
from ffireview.model.facts import Operation
from ffireview.syntax.captures import Piece

UNSAFE_ONLY = frozenset({"raw-deref", "ref-from-raw", "unsafe-cell-get"})
"""Operations that a query cannot tell from safe code: they count inside unsafe code only."""
NEAR = 4000
"""Bytes between two units that are read in one go: a table of bindings has thousands of units side by side."""


class Placed(NamedTuple):
    """An operation with its byte offsets."""

    start: int
    end: int
    operation: Operation
    unsafe_only: bool


def operations(view: RustView, units: list[tuple[int, int]]) -> list[Placed]:
    """Every operation inside the units, each once, in the order of the source. The units are sorted and apart."""
    starts = [start for start, _ in units]
    found: dict[tuple[int, int, str], Placed] = {}
    for parsed, _ in view.reading.parsed:
        for low, high in _stretches(units, starts, parsed.start, parsed.end):
            for match in parsed.matches("operations", low, high):
                piece = match.first("operation")
                if piece is None or not _inside(units, starts, piece):
                    continue
                key = (piece.start, piece.end, match.query)
                if key not in found:
                    name = match.first("name")
                    label = view.text.read(name.start, name.end) if name else ""
                    made = Operation(match.query, label, view.text.at(piece.start, piece.end))
                    found[key] = Placed(piece.start, piece.end, made, match.query in UNSAFE_ONLY)
    return [found[key] for key in sorted(found)]


def _stretches(units: list[tuple[int, int]], starts: list[int], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Units within [low, high), near ones as one: each query walks from the top of the file to its stretch."""
    index = max(bisect_right(starts, low) - 1, 0)
    run: tuple[int, int] | None = None
    for start, end in units[index : bisect_left(starts, high)]:
        start, end = max(start, low), min(end, high)
        if start >= end:
            continue
        if run is not None and start - run[1] <= NEAR:
            run = (run[0], end)
            continue
        if run is not None:
            yield run
        run = (start, end)
    if run is not None:
        yield run


def _inside(units: list[tuple[int, int]], starts: list[int], piece: Piece) -> bool:
    index = bisect_right(starts, piece.start) - 1
    return index >= 0 and piece.end <= units[index][1]
