"""Entries and sites in, the site of each entry out.

A site's id holds its tokens: changed code has another id. So a site is found by id, else by the same code elsewhere,
else by its place and name, else by a function that is much alike.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeVar

from ffireview.audit.ledger.hashes import Hasher
from ffireview.audit.ledger.sketch import alike, bands
from ffireview.compare.pairs import UNNAMED
from ffireview.model.facts import SiteKind
from ffireview.model.ledger import AuditEntry, Kept, Sketches
from ffireview.model.program import Site

ALIKE = 0.45
"""Two functions are one from this share of their pairs of tokens on. Such an entry counts no more either way."""
MANY = 300_000
"""So many pairs of sketches are compared at most."""


def successors(entries: Iterable[Kept], sites: tuple[Site, ...], hasher: Hasher) -> dict[str, Site]:
    """The site of each entry, by file. Entries that several people signed for one site share it."""
    by_site: dict[str, list[Kept]] = defaultdict(list)
    for kept in entries:
        by_site[kept.entry.site].append(kept)
    known = {site.id: site for site in sites}
    found = {id_: known[id_] for id_ in by_site if id_ in known}
    left = [group[0].entry for id_, group in by_site.items() if id_ not in known]
    kinds = {entry.kind for entry in left}
    free = [site for site in sites if site.kind in kinds and site.id not in found]
    for entry_code, site_code in _SAME_CODE:
        asking, waiting = _grouped(left, entry_code), _grouped(free, partial(site_code, hasher))
        for key, group in asking.items():
            if len(group) == len(waiting.get(key, ())):
                same = zip(group, waiting[key], strict=True)
                found |= {entry.site: site for entry, site in same if _proven(entry, site, hasher)}
        left, free = _remaining(left, free, found)
    for entry_place, site_place in _SAME_PLACE:
        places = _grouped(free, site_place)
        pairs = ((entry, site) for entry in left if (at := entry_place(entry)) for site in places.get(at, ()))
        rows = ((_likeness(entry, site, hasher), entry, site) for entry, site in islice(pairs, MANY))
        found |= _closest((like.does, like.block + like.around, entry, site) for like, entry, site in rows)
        left, free = _remaining(left, free, found)
    found |= _much_alike(left, free, hasher)
    return {kept.path: found[id_] for id_, group in by_site.items() if id_ in found for kept in group}


_SAME_CODE: tuple[tuple[Callable[[AuditEntry], Hashable], Callable[[Hasher, Site], Hashable]], ...] = (
    (lambda e: (e.hashes.operation, e.owner, e.name), lambda h, s: (h.operation(s), s.owner, s.name)),
    (lambda e: (e.hashes.operation, e.path), lambda h, s: (h.operation(s), s.span.path)),
    (lambda e: e.hashes.operation, lambda h, s: h.operation(s)),
)
"""The same code elsewhere: only where it leaves no choice, as many sites as entries."""
_SAME_PLACE: tuple[tuple[Callable[[AuditEntry], Hashable], Callable[[Site], Hashable]], ...] = (
    (lambda e: (e.kind, e.path, e.owner, e.name), lambda s: (s.kind.value, s.span.path, s.owner, s.name)),
    (lambda e: _place(e.kind, e.owner, e.name), lambda s: _place(s.kind, s.owner, s.name)),
)
"""Other code in the same place: the most alike first. Such an entry counts no more either way."""
T = TypeVar("T")


def _grouped(things: list[T], key: Callable[[T], Hashable]) -> dict[Hashable, list[T]]:
    found: dict[Hashable, list[T]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found


def _remaining(left: list[AuditEntry], free: list[Site], found: dict[str, Site]) -> tuple[list[AuditEntry], list[Site]]:
    taken = {site.id for site in found.values()}
    return [entry for entry in left if entry.site not in found], [site for site in free if site.id not in taken]


def _place(kind: str, owner: str, name: str) -> Hashable:
    """Where a site stands, in whatever file. Blocks outside functions and extern blocks have no place of their own."""
    return (kind, owner, name) if kind not in UNNAMED or (owner and kind != SiteKind.EXTERN_BLOCK) else None


def _proven(entry: AuditEntry, site: Site, hasher: Hasher) -> bool:
    """Whether equal code is enough to know a site again: short code stands in many places."""
    if (entry.name, _last(entry.owner)) == (site.name, _last(site.owner)) or entry.sketches.site:
        return True
    around = entry.sketches.around
    return bool(around) if entry.name else alike(around, hasher.sketches(site).around) >= ALIKE


def _last(owner: str) -> str:
    return owner.rpartition("::")[2]


def _closest(rows: Iterable[tuple[float, float, AuditEntry, Site]]) -> dict[str, Site]:
    """Pairs of entries and sites with two measures of likeness: each at most once, the most alike first."""
    found: dict[str, Site] = {}
    taken: set[str] = set()
    for *_, entry, site in sorted(rows, key=lambda row: (-row[0], -row[1])):
        if entry.site not in found and site.id not in taken:
            found[entry.site] = site
            taken.add(site.id)
    return found


class _Likeness(NamedTuple):
    """How much an entry and a site have in common, 0 to 1: in what they do, in the code around, in the block."""

    does: float
    around: float
    block: float


def _likeness(entry: AuditEntry, site: Site, hasher: Hasher) -> _Likeness:
    then, now = set(entry.operations), set(operations_of(site))
    does = len(then & now) / max(len(then | now), 1)
    one, other = entry.sketches, hasher.sketches(site)
    return _Likeness(does, alike(one.around, other.around), alike(one.site, other.site))


def _much_alike(left: list[AuditEntry], free: list[Site], hasher: Hasher) -> dict[str, Site]:
    """A function that was renamed and edited, with all in it; else a block that was moved and edited."""
    pairs = islice(_candidates(left, free, hasher), MANY)
    rows = [(_likeness(entry, site, hasher), entry, site) for entry, site in pairs]
    found = _closest(
        (like.around, like.does + like.block, entry, site) for like, entry, site in rows if like.around >= ALIKE
    )
    left, free = _remaining(left, free, found)
    open_entries, open_sites = {entry.site for entry in left}, {site.id for site in free}
    return found | _closest(
        (like.block, like.around, entry, site)
        for like, entry, site in rows
        if like.does == 1 and like.block >= ALIKE and entry.site in open_entries and site.id in open_sites
    )


def _candidates(left: list[AuditEntry], free: list[Site], hasher: Hasher) -> Iterator[tuple[AuditEntry, Site]]:
    """Pairs whose sketches have a band in common: nearly all that are alike, and few others."""
    known: dict[Hashable, list[Site]] = defaultdict(list)
    for site in free if any(entry.sketches.around for entry in left) else ():
        for band in _bands(site.kind, hasher.sketches(site)):
            known[band].append(site)
    for entry in left:
        seen = {site.id: site for band in _bands(entry.kind, entry.sketches) for site in known.get(band, ())}
        yield from ((entry, site) for site in seen.values())


def _bands(kind: str, sketches: Sketches) -> Iterator[Hashable]:
    for part in (sketches.around, sketches.site):
        yield from ((kind, part is sketches.site, band) for band in bands(part))


def operations_of(site: Site) -> tuple[str, ...]:
    """The operations of a site as an entry names them: `ffi-call kv_get`."""
    return tuple(dict.fromkeys(f"{one.id} {one.name}".rstrip() for one in site.operations))
