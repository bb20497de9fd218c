"""What meets, pair by pair: for the picture of the boundary, and for the list below it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ffireview.model.comparison import CauseKind, Entry
from ffireview.model.facts import Role
from ffireview.model.place import Span
from ffireview.model.program import Anchor, Crossing, Direction, Status
from ffireview.reporters.page.picture import Meeting
from ffireview.reporters.page.sites import ARROWS, STATUS, Mismatch, faulty, mismatches
from ffireview.reporters.results import title

_RUST = ".rs"


class CrossingRow(NamedTuple):
    """A symbol with one place on each side."""

    symbol: str
    arrow: str
    via: str
    status: str
    rust: Span | None
    rust_text: str
    foreign: Span | None
    foreign_text: str
    uses: int
    mismatches: tuple[Mismatch, ...]


def meetings(crossings: Iterable[Crossing]) -> Iterator[Meeting]:
    """Files that meet: of a call from Rust those that call and those that define, of one from C the reverse."""
    for crossing in crossings:
        if crossing.direction is Direction.RUST_TO_RUST:
            continue
        back = crossing.direction is Direction.C_TO_RUST
        for here in _rust_files(crossing, back):
            for there in _foreign_files(crossing, back):
                yield Meeting(here, there, crossing.symbol, back, faulty(crossing))


def _rust_files(crossing: Crossing, back: bool) -> list[str]:
    uses = [use for use in crossing.uses if use.language == "rust"]
    used = [use.span.path for use in uses if not use.test] or [use.span.path for use in uses]
    declared = [anchor.span.path for anchor in crossing.rust]
    return _once(declared or used) if back else _once(used or declared)


def _foreign_files(crossing: Crossing, back: bool) -> list[str]:
    uses = [use for use in crossing.uses if use.language != "rust"]
    used = [use.span.path for use in uses if not use.test] or [use.span.path for use in uses]
    defined = [anchor.span.path for anchor in crossing.foreign if anchor.role is Role.DEFINITION]
    declared = [anchor.span.path for anchor in crossing.foreign]
    found = (used or declared) if back else (defined or declared)
    return _once(found) or [f"<{STATUS[crossing.status] or 'not known'}>"]


def _once(paths: list[str]) -> list[str]:
    return sorted(set(paths))


def meetings_of_changes(entries: Iterable[Entry]) -> Iterator[Meeting]:
    """Files of the other language that changed, and files whose unsafe code relies on them."""
    for entry in entries:
        for cause in entry.causes:
            places = [place.path for place in (cause.after or cause.before,) if place is not None]
            for path in places:
                if not path.endswith(_RUST):
                    site = entry.site
                    yield Meeting(site.span.path, path, title(site), True, cause.kind is CauseKind.DISAGREEMENT)


def rows_of_crossings(crossings: Iterable[Crossing]) -> list[CrossingRow]:
    """What both sides declare differently first, then by name."""
    return sorted(map(_row, crossings), key=lambda row: (not row.mismatches, row.symbol, row.arrow))


def _row(crossing: Crossing) -> CrossingRow:
    rust, foreign = (_best(anchors) for anchors in (crossing.rust, crossing.foreign))
    used = next((use.span for use in crossing.uses if use.language == "rust"), None)
    status = "" if crossing.status is Status.LINKED else STATUS[crossing.status]
    return CrossingRow(
        crossing.symbol,
        ARROWS[crossing.direction],
        crossing.via,
        status,
        rust.span if rust is not None else used,
        rust.text if rust is not None else "",
        foreign.span if foreign is not None else None,
        foreign.text if foreign is not None else "",
        len(crossing.uses),
        tuple(mismatches(crossing)),
    )


def _best(anchors: tuple[Anchor, ...]) -> Anchor | None:
    return min(anchors, key=lambda anchor: anchor.role is not Role.DEFINITION, default=None)
