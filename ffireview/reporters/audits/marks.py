"""What a list of sites says of the ledger: a few words beside a site, and a line of counts."""

from collections import defaultdict
from collections.abc import Iterable

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


def mark(entries: tuple[Audited, ...]) -> tuple[Piece, ...]:
    """`settled by 2`, `called unsound`, `signed, now stale-peer`; nothing where nobody signed."""
    if not entries:
        return ()
    rejected = [one.entry.verdict for one in entries if one.counts and one.entry.verdict not in ACCEPTS]
    accepted = [one for one in entries if one.accepts]
    if rejected:
        return (Piece(f"  called {rejected[0]}", "bold red"),)
    if accepted:
        return (Piece(f"  settled by {len(accepted)}", "green"),)
    return (Piece(f"  signed, now {entries[0].state}", "yellow"),)


def mark_lines(entries: tuple[Audited, ...]) -> list[Line]:
    """How many sites are settled and how many entries count no more."""
    if not entries:
        return []
    settled = len({one.site for one in entries if one.accepts})
    stale = sum(not one.counts for one in entries)
    more = f", {stale:,} of {len(entries):,} entries count no more (ffireview audit status)" if stale else ""
    return [(Piece(f"Audits: {settled:,} {'site' if settled == 1 else 'sites'} settled{more}"),)]
