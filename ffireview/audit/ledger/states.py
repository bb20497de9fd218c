"""Entries and sites in, what became of each entry out."""

from datetime import date

import msgspec

from ffireview.audit.ledger.hashes import Hasher
from ffireview.audit.ledger.successors import successors
from ffireview.model.ledger import Audited, AuditEntry, Hashes, Kept, Ledger, State
from ffireview.model.program import Site
from ffireview.model.review import Review

_CHANGED = {
    "operation": State.STALE_CODE,
    "contract": State.STALE_CONTRACT,
    "peer": State.STALE_PEER,
    "item": State.STALE_ITEM,
    "context": State.STALE_CONTEXT,
}
_ORDER = list(State)
CONFIRMABLE = (
    State.STALE_CONTRACT, State.STALE_PEER, State.STALE_ITEM, State.EXPIRED, State.STALE_CONTEXT, State.MOVED,
)  # fmt: skip
"""States in which the site's own code is as it was, and something else is not."""


def audited(ledger: Ledger, review: Review, hasher: Hasher, today: date) -> tuple[Audited, ...]:
    """Every entry beside the site that it is about, by file."""
    risks = {score.site: score.value for score in review.scores}
    found = successors(ledger.entries, review.program.sites, hasher)
    return tuple(_judged(kept, found.get(kept.path), hasher, risks, today) for kept in ledger.entries)


def changed_hashes(then: Hashes, now: Hashes) -> tuple[str, ...]:
    """The names of those that differ."""
    before, after = msgspec.structs.asdict(then), msgspec.structs.asdict(now)
    return tuple(name for name in _CHANGED if before[name] != after[name])


def _judged(kept: Kept, site: Site | None, hasher: Hasher, risks: dict[str, int], today: date) -> Audited:
    if site is None:
        return Audited(kept.path, kept.entry, (State.ORPHANED,), "", None, kept.entry.risk)
    states = _states(kept.entry, site, hasher.hashes(site), today)
    return Audited(kept.path, kept.entry, states, site.id, site.span, risks.get(site.id, 0))


def _states(entry: AuditEntry, site: Site, now: Hashes, today: date) -> tuple[State, ...]:
    states = {_CHANGED[name] for name in changed_hashes(entry.hashes, now)}
    if entry.expires and date.fromisoformat(entry.expires) < today:
        states.add(State.EXPIRED)
    if (site.span.path, site.owner, site.name) != (entry.path, entry.owner, entry.name):
        states.add(State.MOVED)
    return tuple(sorted(states, key=_ORDER.index)) or (State.VALID,)
