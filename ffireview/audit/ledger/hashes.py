"""A site in, five hashes out: of itself, of the code around, of what it calls, of the C side, of what it relies on.

Each is one of normalised tokens or of facts, never of places: a formatter, a comment or a file that moves changes none.
They say what changed since a person signed. They do not keep out somebody who may write the ledger.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import takewhile

from ffireview.extract.c import C_ENDINGS, kind_of
from ffireview.extract.c.items import items_of_c
from ffireview.extract.rust.items import items_of_rust
from ffireview.flow import Code, Codebase, base_type
from ffireview.model.effects import Effect, Effects
from ffireview.model.facts import Role, SiteKind
from ffireview.model.items import Item, ItemKind
from ffireview.model.ledger import Hashes
from ffireview.model.place import Problem, Range, Span
from ffireview.model.program import Anchor, Crossing, Direction, Program, Site
from ffireview.model.snapshot import Snapshot

_BYTES = 8
_NEAR = 2
_RECORDS = frozenset({ItemKind.STRUCT, ItemKind.UNION, ItemKind.ENUM})


class Hasher:
    """Tells hashes of the sites of one program; each file is read once."""

    def __init__(self, program: Program, snapshot: Snapshot) -> None:
        self._program, self._snapshot = program, snapshot
        self._codebase = Codebase(program)
        self._crossings = {crossing.symbol: crossing for crossing in program.crossings}
        self._items: dict[str, tuple[Item, ...]] = {}

    def hashes(self, site: Site) -> Hashes:
        """What an entry for the site is signed for."""
        code = self._codebase.of_site(site)
        crossings = [self._crossings[symbol] for symbol in site.crossings if symbol in self._crossings]
        return Hashes(
            operation=operation_hash(site),
            item=_hash(self._item(site)),
            contract=_hash(self._contract(site, crossings)),
            peer=_hash(row for crossing in crossings for row in self._peer(crossing, site)),
            context=_hash(self._context(site, code)),
        )

    def _item(self, site: Site) -> Iterator[str]:
        """The function around, or the item that the site is or stands in; the text that argues for the site."""
        item = self._around(site.span)
        if item is not None:
            yield from (item.head, item.body)
        if site.safety is not None:
            yield _words(site.safety.text)

    def _contract(self, site: Site, crossings: list[Crossing]) -> Iterator[str]:
        """How Rust declares what is called, and what unsafe functions demand of a caller."""
        for crossing in crossings:
            yield from sorted({_declared(anchor) for anchor in crossing.rust})
        for name in sorted(self._called(site)):
            near = [other for other in self._unsafe_functions.get(name, ()) if _distance(other, site) <= _NEAR]
            for other in sorted(near, key=lambda one: (_distance(one, site), one.span))[:1]:
                item = self._around(other.span)
                yield from (name, item.head if item else "", _words(other.safety.text) if other.safety else "")

    def _called(self, site: Site) -> set[str]:
        """The last names of what is called in a site."""
        item = self._around(site.span)
        return {call.name for call in item.calls if _covers(_range(site.span), Span.of("", call.at))} if item else set()

    def _peer(self, crossing: Crossing, site: Site) -> Iterator[str]:
        """The other side of a symbol: declarations, bodies in C, records that the declarations name, effects. Of a
        symbol that Rust defines, only how C declares it."""
        yield crossing.symbol
        yield from sorted({_declared(anchor) for anchor in crossing.foreign})
        if crossing.direction is Direction.RUST_TO_C or site.kind is SiteKind.CALLBACK:
            yield from sorted(self._bodies(crossing))
            yield from sorted({_done(effects) for effects in crossing.effects})
        yield from self._layouts(crossing)

    def _bodies(self, crossing: Crossing) -> Iterator[str]:
        for anchor in crossing.foreign:
            if anchor.role in (Role.DEFINITION, Role.MACRO):
                for item in self._items_of(anchor.span.path):
                    if item.at.line <= anchor.span.line <= item.at.end_line and item.name == anchor.name:
                        yield item.body

    def _layouts(self, crossing: Crossing) -> Iterator[str]:
        """The records that both languages define and that the declarations name, as C has them."""
        words = {word for anchor in (*crossing.rust, *crossing.foreign) for word in _names(anchor.text)}
        for entry in self._program.types:
            if entry.name in words:
                place = entry.agreement.foreign
                for item in self._items_of(place.path):
                    if item.kind in _RECORDS and item.at.line <= place.line <= item.at.end_line:
                        yield from (entry.name, item.head, item.body)

    def _context(self, site: Site, code: Code | None) -> Iterator[str]:
        """What the site relies on and does not show: the type, how it ends, who calls, when it is built."""
        yield from site.cfg
        yield site.reach
        if code is None:
            return
        crate = self._codebase.crate_of(site.span.path)
        if code.body.implements is not None:
            written = code.body.implements.type
            for fact in self._codebase.types(written, crate):
                yield from (fact.kind, fact.name, *fact.repr, *sorted(fact.derives))
                yield from (f"{field.name}: {field.type}" for field in fact.fields)
            name = base_type(written)
            for item in self._items_of(site.span.path):
                if item.kind is ItemKind.FUNCTION and item.trait == "Drop" and base_type(item.self_type) == name:
                    yield item.body
        yield from sorted(self._callers(site, code))

    def _callers(self, site: Site, code: Code) -> Iterator[str]:
        """Functions of the file that call the one around."""
        for item in self._items_of(site.span.path):
            if item.kind is ItemKind.FUNCTION and any(call.name == code.body.name for call in item.calls):
                yield item.body

    def _around(self, span: Span) -> Item | None:
        """The innermost function around a place, or the innermost item that is none."""
        found = [item for item in self._items_of(span.path) if _covers(item.at, span)]
        functions = [item for item in found if item.kind is ItemKind.FUNCTION]
        return min(functions or found, key=_size, default=None)

    def _items_of(self, path: str) -> tuple[Item, ...]:
        if path not in self._items:
            source = self._snapshot.read(path)
            self._items[path] = () if isinstance(source, Problem) else _read(path, source)
        return self._items[path]

    @cached_property
    def _unsafe_functions(self) -> dict[str, list[Site]]:
        found: dict[str, list[Site]] = defaultdict(list)
        for site in self._program.sites:
            if site.kind is SiteKind.UNSAFE_FN:
                found[site.name].append(site)
        return found


def operation_hash(site: Site) -> str:
    """What is the same wherever the same code stands."""
    return _hash((site.kind, site.tokens))


def _read(path: str, source: bytes) -> tuple[Item, ...]:
    if path.endswith(".rs"):
        return items_of_rust(source)
    return items_of_c(source, kind_of(path)) if path.endswith(C_ENDINGS) else ()


def _distance(other: Site, site: Site) -> int:
    """How far apart two files are: 0 for one file, 2 for one folder. A call names the last part of its path only, so
    what is further away may be another function, and one that comes or goes there must be no change here."""
    one, two = other.span.path.split("/"), site.span.path.split("/")
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    return len(one) + len(two) - 2 * same


def _declared(anchor: Anchor) -> str:
    return "\0".join((anchor.language, anchor.role, anchor.entity, anchor.abi, anchor.text, *anchor.cfg))


def _done(effects: Effects) -> str:
    """What a definition does, without places."""
    rows = [f"{parameter.index} {_effect(one)}" for parameter in effects.parameters for one in parameter.effects]
    rows += [_effect(one) for one in (*effects.returns, *effects.control)]
    return "\0".join(sorted(set(rows)))


def _effect(one: Effect) -> str:
    return f"{one.kind} {one.name} {one.argument} {one.others} {one.tested} {' '.join(one.via)}"


def _names(text: str) -> list[str]:
    return "".join(char if char.isalnum() or char == "_" else " " for char in text).split()


def _words(text: str) -> str:
    return " ".join(text.split())


def _covers(at: Range, span: Span) -> bool:
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    return (at.line, at.column) <= start and end <= (at.end_line, at.end_column)


def _range(span: Span) -> Range:
    return Range(span.line, span.column, span.end_line, span.end_column)


def _size(item: Item) -> tuple[int, int]:
    return item.at.end_line - item.at.line, item.at.end_column - item.at.column


def _hash(parts: Iterable[str]) -> str:
    """One hash of texts in their order; empty where there are none."""
    rows = list(parts)
    if not any(rows):
        return ""
    text = "\0\0".join(rows)
    return hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=_BYTES).hexdigest()
