"""A site in, five hashes out: of itself, of the code around, of what it calls, of the C side, of what it relies on.

Each is one of normalised tokens or of facts, never of places: a formatter, a comment or a file that moves changes none.
Nor do the names of the site and of the function around: what was renamed alone is as it was. They say what changed
since a person signed. They do not keep out somebody who may write the ledger.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile

from ffireview.audit.ledger.context import Context
from ffireview.audit.ledger.files import Files, covers
from ffireview.audit.ledger.sketch import sketch
from ffireview.compare.pairs import UNNAMED
from ffireview.flow import Codebase
from ffireview.model.effects import Effect, Effects
from ffireview.model.facts import Role, SiteKind
from ffireview.model.items import ItemKind
from ffireview.model.ledger import Hashes, Sketches
from ffireview.model.place import Range, Span
from ffireview.model.program import Anchor, Crossing, Direction, Program, Site, Via
from ffireview.model.snapshot import Snapshot

_BYTES = 8
_NEAR = 2
_RECORDS = frozenset({ItemKind.STRUCT, ItemKind.UNION, ItemKind.ENUM})


class Hasher:
    """Tells hashes of the sites of one program; each file is read once."""

    def __init__(self, program: Program, snapshot: Snapshot) -> None:
        self._program, self._files = program, Files(snapshot)
        self._context = Context(self._files, Codebase(program))
        self._crossings = {crossing.symbol: crossing for crossing in program.crossings}
        self._operations: dict[str, str] = {}
        self._sketches: dict[str, Sketches] = {}

    def hashes(self, site: Site) -> Hashes:
        """What an entry for the site is signed for."""
        return Hashes(operation=self.operation(site), **{name: _hash(rows) for name, rows in self.rows(site).items()})

    def rows(self, site: Site) -> dict[str, list[str]]:
        """What each hash but that of the site itself is made of."""
        crossings = [self._crossings[symbol] for symbol in site.crossings if symbol in self._crossings]
        return {
            "item": list(self._item(site)),
            "contract": list(self._contract(site, crossings)),
            "peer": [row for crossing in crossings for row in self._peer(crossing, site)],
            "context": list(self._context.of(site)),
        }

    def operation(self, site: Site) -> str:
        """What is the same wherever the same code stands, whatever its name."""
        if site.id not in self._operations:
            unnamed = site.kind in UNNAMED or not site.name
            code = (site.tokens,) if unnamed else self._files.nameless(site.span, site.name)
            self._operations[site.id] = _hash((site.kind, *code))
        return self._operations[site.id]

    def sketches(self, site: Site) -> Sketches:
        """What the site is found again by when it was renamed or moved, and edited."""
        if site.id not in self._sketches:
            block = self._files.words(site.span) if site.kind in UNNAMED else ()
            self._sketches[site.id] = Sketches(sketch(self._around(site)), sketch(block))
        return self._sketches[site.id]

    def _around(self, site: Site) -> tuple[str, ...]:
        """The function around, or the item that the site is or stands in."""
        item = self._files.around(site.span)
        return self._files.nameless(Span.of(site.span.path, item.at), item.name) if item is not None else ()

    def _item(self, site: Site) -> Iterator[str]:
        """The code around, and the text that argues for the site."""
        yield from self._around(site)
        if site.safety is not None:
            yield _words(site.safety.text)

    def _contract(self, site: Site, crossings: list[Crossing]) -> Iterator[str]:
        """How Rust declares what is called, and what unsafe functions demand of a caller."""
        for crossing in crossings:
            yield from sorted({_declared(anchor, named=False) for anchor in crossing.rust})
        for name in sorted(self._called(site)):
            near = [other for other in self._unsafe_functions.get(name, ()) if _distance(other, site) <= _NEAR]
            for other in sorted(near, key=lambda one: (_distance(one, site), one.span))[:1]:
                item = self._files.around(other.span)
                yield from (name, item.head if item else "", _words(other.safety.text) if other.safety else "")

    def _called(self, site: Site) -> set[str]:
        """The last names of what is called in a site."""
        item = self._files.around(site.span)
        return {call.name for call in item.calls if covers(_range(site.span), Span.of("", call.at))} if item else set()

    def _peer(self, crossing: Crossing, site: Site) -> Iterator[str]:
        """The other side of a symbol: declarations, bodies in C, records that the declarations name, effects. Of a
        symbol that Rust defines, only how C declares it. No linker sees the name of a callback."""
        if crossing.via is not Via.CALLBACK:
            yield crossing.symbol
        yield from sorted({_declared(anchor) for anchor in crossing.foreign})
        if crossing.direction is Direction.RUST_TO_C or site.kind is SiteKind.CALLBACK:
            yield from sorted(self._bodies(crossing))
            yield from sorted({_done(effects) for effects in crossing.effects})
        yield from self._layouts(crossing)

    def _bodies(self, crossing: Crossing) -> Iterator[str]:
        for anchor in crossing.foreign:
            if anchor.role in (Role.DEFINITION, Role.MACRO):
                for item in self._files.items(anchor.span.path):
                    if item.at.line <= anchor.span.line <= item.at.end_line and item.name == anchor.name:
                        yield item.body

    def _layouts(self, crossing: Crossing) -> Iterator[str]:
        """The records that both languages define and that the declarations name, as C has them."""
        words = {word for anchor in (*crossing.rust, *crossing.foreign) for word in _names(anchor.text)}
        for entry in self._program.types:
            if entry.name in words:
                place = entry.agreement.foreign
                for item in self._files.items(place.path):
                    if item.kind in _RECORDS and item.at.line <= place.line <= item.at.end_line:
                        yield from (entry.name, item.head, item.body)

    @cached_property
    def _unsafe_functions(self) -> dict[str, list[Site]]:
        found: dict[str, list[Site]] = defaultdict(list)
        for site in self._program.sites:
            if site.kind is SiteKind.UNSAFE_FN:
                found[site.name].append(site)
        return found


def _distance(other: Site, site: Site) -> int:
    """How far apart two files are: 0 for one file, 2 for one folder. A call names the last part of its path only, so
    what is further away may be another function, and one that comes or goes there must be no change here."""
    one, two = other.span.path.split("/"), site.span.path.split("/")
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    return len(one) + len(two) - 2 * same


def _declared(anchor: Anchor, *, named: bool = True) -> str:
    text = anchor.text if named else re.sub(rf"\b{re.escape(anchor.name)}\b", "", anchor.text)
    return "\0".join((anchor.language, anchor.role, anchor.entity, anchor.abi, text, *anchor.cfg))


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


def _range(span: Span) -> Range:
    return Range(span.line, span.column, span.end_line, span.end_column)


def _hash(rows: Sequence[str]) -> str:
    """One hash of texts in their order; empty where there are none."""
    if not any(rows):
        return ""
    text = "\0\0".join(rows)
    return hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=_BYTES).hexdigest()
