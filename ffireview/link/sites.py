"""Site facts in, sites out: identity, area, how safe code gets there, and what only the whole program knows of them."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator

from ffireview.link.layout import Layout, area
from ffireview.model.facts import FileFacts, FunctionFact, Operation, SiteFact, SiteKind
from ffireview.model.place import Span
from ffireview.model.program import Site

REACH_STEPS = 6
"""How many calls inside one file are followed from a public safe function."""


def identities(facts: dict[str, FileFacts], layout: Layout) -> dict[str, list[tuple[SiteFact, str]]]:
    """Each file's sites with their ids: hashes of kind, owner, name and tokens; the ordinal among equals, by path and
    place, parts what is otherwise the same."""
    seen: Counter[tuple[str, ...]] = Counter()
    found: dict[str, list[tuple[SiteFact, str]]] = {}
    for path in sorted(facts):
        place = layout.place(path)
        rows = []
        for site in facts[path].sites:
            key = (site.kind, place.crate, *place.module, site.owner, site.name, site.tokens)
            ordinal = seen[key]
            seen[key] += 1
            text = "\0".join((*key, str(ordinal)))
            rows.append((site, hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()))
        found[path] = rows
    return found


def build_sites(
    facts: dict[str, FileFacts],
    layout: Layout,
    ids: dict[str, list[tuple[SiteFact, str]]],
    crossings_of: dict[str, list[tuple[str, Operation]]],
) -> Iterator[Site]:
    """Every site of the program. `crossings_of`: site id -> symbols that it crosses to, with the call as operation."""
    for path in sorted(ids):
        file = facts[path]
        functions = {(f.owner, f.name): f for f in file.functions}
        reach = _Reach(file)
        entries = {(s.owner, s.name): s.symbol for s in file.sites if s.kind in (SiteKind.EXPORT, SiteKind.CALLBACK)}
        for fact, identity in ids[path]:
            test = fact.test or path in layout.test_files
            where, why = area(path, test=test, generated=file.generated, build_scripts=layout.build_scripts)
            crossed = crossings_of.get(identity, [])
            function = _function(fact, functions)
            yield Site(
                id=identity,
                kind=fact.kind,
                name=fact.name,
                owner=fact.owner,
                span=Span.of(path, fact.at),
                area=where,
                area_reason=why,
                unsafe=fact.unsafe,
                visibility=fact.visibility,
                enclosing=fact.enclosing,
                reach=reach.of(fact, function),
                safety=fact.safety,
                cfg=fact.cfg,
                macro=fact.macro,
                operations=tuple(sorted({*fact.operations, *(op for _, op in crossed)}, key=lambda o: (o.at, o.id))),
                around=function.operations if function else (),
                detail=fact.detail,
                symbol=fact.symbol,
                lines=fact.lines,
                tokens=fact.tokens,
                crossings=tuple(sorted(_crossed(fact, crossed, entries))),
            )


def _crossed(fact: SiteFact, crossed: list[tuple[str, Operation]], entries: dict[tuple[str, str], str]) -> set[str]:
    """Symbols that a site crosses to, is, or stands in."""
    head, _, name = fact.owner.rpartition("::")
    return ({symbol for symbol, _ in crossed} | {fact.symbol, entries.get((head, name), "")}) - {""}


def _function(fact: SiteFact, functions: dict[tuple[str, str], FunctionFact]) -> FunctionFact | None:
    own = functions.get((fact.owner, fact.name))
    if own is not None:
        return own
    head, _, name = fact.owner.rpartition("::")
    return functions.get((head, name))


class _Reach:
    """How safe code outside gets to a function of the file, by calls that the file shows."""

    def __init__(self, file: FileFacts) -> None:
        self._entries = {(s.owner, s.name) for s in file.sites if s.kind in (SiteKind.EXPORT, SiteKind.CALLBACK)}
        self._callers: dict[str, list[FunctionFact]] = defaultdict(list)
        for function in file.functions:
            for name in function.calls:
                self._callers[name].append(function)

    def of(self, fact: SiteFact, function: FunctionFact | None) -> str:
        """`public safe fn`, `through f`, `unsafe fn`, `private`, or empty where no function is around."""
        if fact.kind in (SiteKind.EXPORT, SiteKind.CALLBACK):
            return "C"
        if function is None:
            return ""
        if (function.owner, function.name) in self._entries:
            return "C"
        if function.unsafe:
            return "unsafe fn"
        if function.visibility == "pub" or " for " in fact.owner.rpartition("::")[0]:
            return "public safe fn"
        seen = {function.name}
        level = [function.name]
        for _ in range(REACH_STEPS):
            following = []
            for name in level:
                for caller in self._callers.get(name, ()):
                    if caller.name in seen or caller.unsafe or caller.test:
                        continue
                    if caller.visibility == "pub":
                        return f"through {caller.name}"
                    seen.add(caller.name)
                    following.append(caller.name)
            level = following
        return "private"
