"""What unsafe code does: the operation queries, run only over the functions and items that hold a site."""

from typing import NamedTuple

from ffireview.extract.rust.view import RustView
from ffireview.model.facts import Operation

UNSAFE_ONLY = frozenset({"raw-deref", "ref-from-raw", "unsafe-cell-get"})
"""Operations that a query cannot tell from safe code: they count inside unsafe code only."""


class Placed(NamedTuple):
    """An operation with its byte offsets."""

    start: int
    end: int
    operation: Operation
    unsafe_only: bool


def operations(view: RustView, units: list[tuple[int, int]]) -> list[Placed]:
    """Every operation inside the units, each once, in the order of the source."""
    found: dict[tuple[int, int, str], Placed] = {}
    for parsed, macro in view.reading.parsed:
        for start, end in units:
            low, high = max(start, parsed.start), min(end, parsed.end)
            if low >= high or (macro is None and low == high):
                continue
            for match in parsed.matches("operations", low, high):
                piece = match.first("operation")
                if piece is None or piece.start < low or piece.end > high:
                    continue
                key = (piece.start, piece.end, match.query)
                if key not in found:
                    name = match.first("name")
                    label = view.text.read(name.start, name.end) if name else ""
                    made = Operation(match.query, label, view.text.at(piece.start, piece.end))
                    found[key] = Placed(piece.start, piece.end, made, match.query in UNSAFE_ONLY)
    return [found[key] for key in sorted(found)]
