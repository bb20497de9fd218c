"""Which site was which: by identity first, then by the same text elsewhere, by likeness within the owner, and last
across files, where functions and what is in them may have other names."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from ffireview.compare.texts import Texts, likeness
from ffireview.model.facts import SiteKind
from ffireview.model.program import Site

ALIKE_IN_OWNER = 0.3
"""Two unnamed sites of one owner are one site changed from this likeness on (judged on the fragments)."""
ALIKE_ELSEWHERE = 0.6
ALIKE_RENAMED = 0.6
"""Two functions with other names are one from this likeness on."""
MANY = 40_000
"""Pairs of functions beyond which nobody compares each with each."""
TELLING = 12
"""A site of fewer tokens says too little of itself to be known again in another owner, unless that is alike too."""
UNNAMED = frozenset({SiteKind.UNSAFE_BLOCK, SiteKind.INLINE_ASM, SiteKind.MACRO_KEYWORD, SiteKind.GLOBAL_ASM,
                      SiteKind.EXTERN_BLOCK, SiteKind.UNSAFE_ATTRIBUTE})  # fmt: skip
"""Sites without a name that is theirs alone."""
_FUNCTIONS = frozenset({SiteKind.UNSAFE_FN, SiteKind.EXPORT, SiteKind.CALLBACK, SiteKind.NAKED_FN})


class Pair(NamedTuple):
    """A site before and after; one of them is None when it went away or is new."""

    before: Site | None
    after: Site | None


class _Open(NamedTuple):
    """Sites that have no partner yet, in order of place."""

    before: list[Site]
    after: list[Site]


def pair_sites(before: Iterable[Site], after: Iterable[Site], old: Texts, new: Texts) -> list[Pair]:
    """Every site of both sides in just one pair, by the place of the newer one."""
    left = _Open(list(before), list(after))
    found: list[Pair] = []
    for key in (_same_identity, _same_place, _same_text_and_name, _same_function):
        left = _settle(left, key, found)
    left = _settle_same_text(left, old, new, found, TELLING)
    left = _settle_alike(left, _owner, old, new, found, ALIKE_IN_OWNER)
    left = _settle_same_text(left, old, new, found, 0)
    left = _settle_alike(left, _name_only, old, new, found, ALIKE_ELSEWHERE)
    left = _settle_renamed(left, old, new, found)
    found += [Pair(site, None) for site in left.before] + [Pair(None, site) for site in left.after]
    return sorted(found, key=lambda p: ((p.after or p.before).span, (p.after or p.before).kind))  # type: ignore[union-attr]


def _same_identity(site: Site) -> Hashable:
    return site.id


def _same_place(site: Site) -> Hashable:
    """A crate that is named anew keeps its sites."""
    return site.span.path, site.kind, site.owner, site.name, site.tokens


def _same_text_and_name(site: Site) -> Hashable:
    return site.kind, site.owner, site.name, site.tokens


def _same_function(site: Site) -> Hashable:
    """A function stays one when it is exported, handed to C or unsafe no longer, or only now."""
    return (site.span.path, site.owner, site.name) if site.kind in _FUNCTIONS else site.id


def _owner(site: Site) -> Hashable:
    return site.span.path, site.kind, site.owner, site.name


def _name_only(site: Site) -> Hashable | None:
    """What a site is called, wherever it stands: no block is found again by this alone, its function's name helps."""
    name = site.enclosing if site.kind in UNNAMED else site.name
    return (site.kind, name) if name else None


def _settle(left: _Open, key: Callable[[Site], Hashable], found: list[Pair]) -> _Open:
    """Pair what has the same key, in order of place."""
    waiting: dict[Hashable, list[Site]] = defaultdict(list)
    for site in reversed(left.before):
        waiting[key(site)].append(site)
    rest, taken = [], set()
    for site in left.after:
        group = waiting.get(key(site))
        if group:
            partner = group.pop()
            taken.add(id(partner))
            found.append(Pair(partner, site))
        else:
            rest.append(site)
    return _Open([site for site in left.before if id(site) not in taken], rest)


def _settle_alike(
    left: _Open, key: Callable[[Site], Hashable | None], old: Texts, new: Texts, found: list[Pair], least: float
) -> _Open:
    """Pair, among those of one key, the most alike first; what has a name of its own needs no likeness."""
    groups: dict[Hashable, _Open] = defaultdict(lambda: _Open([], []))
    for site in left.before:
        if (name := key(site)) is not None:
            groups[name].before.append(site)
    for site in left.after:
        if (name := key(site)) is not None:
            groups[name].after.append(site)
    taken: set[int] = set()
    for group in groups.values():
        if group.before and group.after:
            taken |= _settle_group(group, old, new, found, least)
    return _remaining(left, taken)


def _settle_renamed(left: _Open, old: Texts, new: Texts, found: list[Pair]) -> _Open:
    """Functions that are alike but for their names, and the sites inside: a file that was renamed with all in it."""
    before = [site for site in left.before if site.kind in _FUNCTIONS and len(old.words(site.span)) >= TELLING]
    after = [site for site in left.after if site.kind in _FUNCTIONS and len(new.words(site.span)) >= TELLING]
    if len(before) * len(after) > MANY:
        return left
    renamed: list[Pair] = []
    taken: set[int] = set()
    for kind in {site.kind for site in before}:
        group = _Open([s for s in before if s.kind is kind], [s for s in after if s.kind is kind])
        taken |= _settle_group(group, old, new, renamed, ALIKE_RENAMED, named=False)
    found += renamed
    names = {_inner(pair.before): _inner(pair.after) for pair in renamed if pair.before and pair.after}
    now: dict[int, Hashable] = {id(s): names.get((s.span.path, s.owner)) for s in left.before}
    now |= {id(site): (site.span.path, site.owner) for site in left.after}

    def key(site: Site) -> Hashable | None:
        return (site.kind, now[id(site)]) if now[id(site)] is not None else None

    return _settle_alike(_remaining(left, taken), key, old, new, found, ALIKE_IN_OWNER)


def _inner(function: Site) -> tuple[str, str]:
    """The file and the owner that the sites inside a function carry."""
    return function.span.path, f"{function.owner}::{function.name}" if function.owner else function.name


def _settle_group(
    group: _Open, old: Texts, new: Texts, found: list[Pair], least: float, *, named: bool = True
) -> set[int]:
    words_before = [old.words(site.span) for site in group.before]
    words_after = [new.words(site.span) for site in group.after]
    alone = named and len(group.before) == len(group.after) == 1 and group.before[0].kind not in UNNAMED
    rows = sorted(
        (-likeness(one, other), abs(i - j), i, j)
        for i, one in enumerate(words_before)
        for j, other in enumerate(words_after)
    )
    taken: set[int] = set()
    for score, _, i, j in rows:
        one, other = group.before[i], group.after[j]
        if (-score >= least or alone) and not {id(one), id(other)} & taken:
            taken |= {id(one), id(other)}
            found.append(Pair(one, other))
    return taken


def _settle_same_text(left: _Open, old: Texts, new: Texts, found: list[Pair], least: int) -> _Open:
    """Pair the same code in another owner: an item that was renamed or moved. Code of fewer than `least` tokens waits
    for its turn; short code proves nothing by itself then."""
    waiting: dict[Hashable, list[Site]] = defaultdict(list)
    for site in left.before:
        waiting[_nameless(site, old)].append(site)
    taken: set[int] = set()
    for site in left.after:
        words = new.words(site.span)
        group = [s for s in waiting.get(_nameless(site, new), ()) if id(s) not in taken]
        if len(words) < least:
            continue
        if site.kind in UNNAMED and len(words) < TELLING:
            group = [s for s in group if _akin(s, site)]
        if group:
            partner = min(group, key=lambda s: (s.span.path != site.span.path, not _akin(s, site), s.span))
            taken |= {id(partner), id(site)}
            found.append(Pair(partner, site))
    return _remaining(left, taken)


def _nameless(site: Site, texts: Texts) -> Hashable:
    """The code of a site but for its own name."""
    if site.kind in UNNAMED or not site.name:
        return site.kind, site.tokens
    return site.kind, tuple("" if word == site.name else word for word in texts.words(site.span))


def _akin(one: Site, other: Site) -> bool:
    """Whether the owners of two sites have their last name, or all but it, in common."""
    first, second = one.owner.rpartition("::"), other.owner.rpartition("::")
    return first[2] == second[2] or (bool(first[0]) and first[0] == second[0] and one.span.path == other.span.path)


def _remaining(left: _Open, taken: set[int]) -> _Open:
    return _Open([s for s in left.before if id(s) not in taken], [s for s in left.after if id(s) not in taken])
