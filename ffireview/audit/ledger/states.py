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


def audited(ledger: Ledger, review: Review, hasher: Hasher, today: date) -> tuple[Audited, ...]:
    """Every entry beside the site that it is about, by file."""
    risks = {score.site: score.value for score in review.scores}
    found = successors(ledger.entries, review.program.sites, hasher)
    return tuple(_judged(kept, found.get(kept.path), hasher, risks, today) for kept in ledger.entries)


def _judged(kept: Kept, site: Site | None, hasher: Hasher, risks: dict[str, int], today: date) -> Audited:
    if site is None:
        return Audited(kept.path, kept.entry, (State.ORPHANED,), "", None, kept.entry.risk)
    states = _states(kept.entry, site, hasher.hashes(site), today)
    return Audited(kept.path, kept.entry, states, site.id, site.span, risks.get(site.id, 0))


def _states(entry: AuditEntry, site: Site, now: Hashes, today: date) -> tuple[State, ...]:
    then, hashes = msgspec.structs.asdict(entry.hashes), msgspec.structs.asdict(now)
    states = {state for name, state in _CHANGED.items() if then[name] != hashes[name]}
    if entry.expires and date.fromisoformat(entry.expires) < today:
        states.add(State.EXPIRED)
    if (site.span.path, site.owner, site.name) != (entry.path, entry.owner, entry.name):
        states.add(State.MOVED)
    return tuple(sorted(states, key=_ORDER.index)) or (State.VALID,)
