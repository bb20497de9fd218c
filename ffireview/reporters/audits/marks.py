"""What a list of sites says of the ledger: a few words beside a site, and a line of counts."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from ffireview.model.ledger import ACCEPTS, Audited
from ffireview.reporters.styled import Line, Piece

Marks = dict[str, tuple[Audited, ...]]
"""Entries by site."""


def marks_of(entries: Iterable[Audited]) -> Marks:
    """The entries of each site that is still there."""
    found: dict[str, list[Audited]] = defaultdict(list)
    for one in entries:
        if one.site:
            found[one.site].append(one)
    return {site: tuple(rows) for site, rows in found.items()}


class Standing(StrEnum):
    """What all entries of a site come to."""

    REJECTED = "rejected"
    SETTLED = "settled"
    STALE = "stale"


_STYLES = {Standing.REJECTED: "bold red", Standing.SETTLED: "green", Standing.STALE: "yellow"}


def mark(entries: tuple[Audited, ...]) -> tuple[Piece, ...]:
    """A few words beside a site; nothing where nobody signed."""
    told = standing(entries)
    return () if told is None else (Piece(f"  {told[1]}", _STYLES[told[0]]),)


def standing(entries: tuple[Audited, ...]) -> tuple[Standing, str] | None:
    """What all entries of a site come to: `settled by 2`, `called unsound`, `signed, now stale-peer`."""
    if not entries:
        return None
    rejected = [one.entry.verdict for one in entries if one.counts and one.entry.verdict not in ACCEPTS]
    accepted = [one for one in entries if one.accepts]
    if rejected:
        return Standing.REJECTED, f"called {rejected[0]}"
    if accepted:
        return Standing.SETTLED, f"settled by {len(accepted)}"
    return Standing.STALE, f"signed, now {entries[0].state}"


def mark_lines(entries: tuple[Audited, ...]) -> list[Line]:
    """How many sites are settled and how many entries count no more."""
    if not entries:
        return []
    settled = len({one.site for one in entries if one.accepts})
    stale = sum(not one.counts for one in entries)
    more = f", {stale:,} of {len(entries):,} entries count no more (ffireview audit status)" if stale else ""
    return [(Piece(f"Audits: {settled:,} {'site' if settled == 1 else 'sites'} settled{more}"),)]
