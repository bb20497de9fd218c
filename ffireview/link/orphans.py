"""Declarations whose other side was looked for and is not there."""

from ffireview.model.facts import FileFacts, Role
from ffireview.model.program import Crossing, Direction, Orphan, Status, Via


def orphans(crossings: tuple[Crossing, ...], foreign: dict[str, FileFacts]) -> tuple[Orphan, ...]:
    """Extern items without a definition beside defined ones, exports that no C declares or calls, stale prototypes."""
    found = []
    for crossing in crossings:
        for anchor in crossing.rust[:1]:
            reason = _reason(crossing)
            if reason:
                found.append(Orphan(crossing.symbol, anchor.span, reason))
    return tuple(sorted(found, key=lambda o: (o.span, o.symbol)))


def _reason(crossing: Crossing) -> str:
    if crossing.status is Status.ORPHAN:
        return "extern item: no C declares or defines it, though its neighbours are defined here"
    if crossing.via is Via.EXPORT and crossing.direction is Direction.C_TO_RUST:
        called = any(u.language != "rust" for u in crossing.uses)
        declared = any(a.role is Role.PROTOTYPE for a in crossing.foreign)
        if not called and not declared:
            return "export: no C in this tree declares or calls it"
    return ""
