"""Entries and sites in, what became of each entry out.

A site's id holds its tokens: changed code has another id. So a site is found by id, else by the same code elsewhere,
else by its place and name.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import partial
from typing import TypeVar

import msgspec

from ffireview.audit.ledger.hashes import Hasher, operation_hash
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
    found = _found(ledger.entries, review.program.sites)
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


def _found(entries: Iterable[Kept], sites: tuple[Site, ...]) -> dict[str, Site]:
    """The site of each entry, by file. Entries that several people signed for one site share it."""
    by_site: dict[str, list[Kept]] = defaultdict(list)
    for kept in entries:
        by_site[kept.entry.site].append(kept)
    known = {site.id: site for site in sites}
    found = {id_: known[id_] for id_ in by_site if id_ in known}
    left = [group[0].entry for id_, group in by_site.items() if id_ not in known]
    free = [site for site in sites if site.id not in found] if left else []
    operations = {site.id: operation_hash(site) for site in free}
    for of_entry, of_site in _SAME_CODE:
        asking, waiting = _grouped(left, of_entry), _grouped(free, partial(_by_code, of_site, operations))
        for key, group in asking.items():
            if len(group) == len(waiting.get(key, ())):
                found |= {entry.site: site for entry, site in zip(group, waiting[key], strict=True)}
        left, free = _remaining(left, free, found)
    for entry_place, site_place in _SAME_PLACE:
        places = _grouped(free, site_place)
        for entry in left:
            rest = places.get(entry_place(entry), [])
            if rest:
                found[entry.site] = best = max(rest, key=partial(_likeness, entry))
                rest.remove(best)
        left, free = _remaining(left, free, found)
    return {kept.path: found[id_] for id_, group in by_site.items() if id_ in found for kept in group}


_SAME_CODE: tuple[tuple[Callable[[AuditEntry], Hashable], Callable[[Site, str], Hashable]], ...] = (
    (lambda e: (e.hashes.operation, e.owner, e.name), lambda s, h: (h, s.owner, s.name)),
    (lambda e: (e.hashes.operation, e.path), lambda s, h: (h, s.span.path)),
    (lambda e: e.hashes.operation, lambda s, h: h),
)
"""The same code elsewhere: only where it leaves no choice, as many sites as entries."""
_SAME_PLACE: tuple[tuple[Callable[[AuditEntry], Hashable], Callable[[Site], Hashable]], ...] = (
    (lambda e: (e.kind, e.path, e.owner, e.name), lambda s: (s.kind.value, s.span.path, s.owner, s.name)),
    (lambda e: (e.kind, e.owner, e.name), lambda s: (s.kind.value, s.owner, s.name)),
)
"""Other code in the same place: the most alike by its operations. Such an entry counts no more either way."""
T = TypeVar("T")


def _by_code(of_site: Callable[[Site, str], Hashable], operations: dict[str, str], site: Site) -> Hashable:
    return of_site(site, operations[site.id])


def _grouped(things: list[T], key: Callable[[T], Hashable]) -> dict[Hashable, list[T]]:
    found: dict[Hashable, list[T]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found


def _remaining(left: list[AuditEntry], free: list[Site], found: dict[str, Site]) -> tuple[list[AuditEntry], list[Site]]:
    taken = {site.id for site in found.values()}
    return [entry for entry in left if entry.site not in found], [site for site in free if site.id not in taken]


def _likeness(entry: AuditEntry, site: Site) -> float:
    then, now = set(entry.operations), set(operations_of(site))
    return len(then & now) / max(len(then | now), 1)


def operations_of(site: Site) -> tuple[str, ...]:
    """The operations of a site as an entry names them: `ffi-call kv_get`."""
    return tuple(dict.fromkeys(f"{one.id} {one.name}".rstrip() for one in site.operations))
