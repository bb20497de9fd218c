"""A site in, five hashes out: of itself, of the code around, of what it calls, of the C side, of what it relies on.

Each is one of normalised tokens or of facts, never of places: a formatter, a comment or a file that moves changes none.
Nor do the names of the site and of the function around: what was renamed alone is as it was. They say what changed
since a person signed. They do not keep out somebody who may write the ledger.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile

from ffireview.audit.ledger.context import Context
from ffireview.audit.ledger.files import Files
from ffireview.audit.ledger.peer import Peer, declaration
from ffireview.audit.ledger.sketch import sketch
from ffireview.compare.pairs import UNNAMED
from ffireview.compare.sides import covers
from ffireview.flow import Codebase
from ffireview.model.facts import SiteKind
from ffireview.model.ledger import Hashes, Sketches
from ffireview.model.place import Range, Span
from ffireview.model.program import Crossing, Program, Site
from ffireview.model.snapshot import Snapshot

_BYTES = 8
_NEAR = 2


class Hasher:
    """Tells hashes of the sites of one program; each file is read once."""

    def __init__(self, program: Program, snapshot: Snapshot) -> None:
        self._program, self._files = program, Files(snapshot)
        self._codebase = Codebase(program)
        self._context = Context(self._files, self._codebase)
        self._peer = Peer(self._files, program)
        self._crossings = {crossing.symbol: crossing for crossing in program.crossings}
        self._operations: dict[str, str] = {}
        self._sketches: dict[str, Sketches] = {}

    def hashes(self, site: Site) -> Hashes:
        """What an entry for the site is signed for."""
        return Hashes(operation=self.operation(site), **{name: _hash(rows) for name, rows in self.rows(site).items()})

    def rows(self, site: Site) -> dict[str, list[str]]:
        """What each hash but that of the site itself is made of."""
        crossings = self._crossed(site)
        return {
            "item": list(self._item(site)),
            "contract": list(self._contract(site, crossings)),
            "peer": [row for crossing in crossings for row in self._peer.of(crossing, site)],
            "context": list(self._context.of(site)),
        }

    def lines(self, site: Site) -> dict[str, dict[str, list[str]]]:
        """The same for a person to compare: for each hash lines of code, by what they are of."""
        crossings = self._crossed(site)
        item = self._files.around(site.span)
        declared = [row for crossing in crossings for row in self._peer.declared(crossing)]
        return {
            "item": {
                "": self._files.lines(Span.of(site.span.path, item.at)) if item else [],
                "its SAFETY text": site.safety.text.split("\n") if site.safety else [],
            },
            "contract": {"": [row.replace("\0", " ") for row in self._contract(site, crossings)]},
            "peer": {
                "declarations in C": [row.replace("\0", " ") for row in declared],
                **{name: rows for crossing in crossings for name, rows in self._peer.lines(crossing, site).items()},
            },
            "context": {"": list(self._context.of(site, named=True))},
        }

    def _crossed(self, site: Site) -> list[Crossing]:
        return [self._crossings[symbol] for symbol in site.crossings if symbol in self._crossings]

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
            self._sketches[site.id] = Sketches(sketch(self._function(site)), sketch(block))
        return self._sketches[site.id]

    def _around(self, site: Site) -> tuple[str, ...]:
        """The function around, or the item that the site is or stands in."""
        item = self._files.around(site.span)
        return self._files.nameless(Span.of(site.span.path, item.at), item.name) if item is not None else ()

    def _function(self, site: Site) -> tuple[str, ...]:
        """The function around, or else the site: told without reading items, for many sites are asked about."""
        code = self._codebase.of_site(site)
        if code is None:
            return self._files.nameless(site.span, site.name)
        body = code.body
        return self._files.nameless(
            Span(site.span.path, body.line, body.column, body.end_line, body.end_column), body.name
        )

    def _item(self, site: Site) -> Iterator[str]:
        """The code around, and the text that argues for the site."""
        yield from self._around(site)
        if site.safety is not None:
            yield _words(site.safety.text)

    def _contract(self, site: Site, crossings: list[Crossing]) -> Iterator[str]:
        """How Rust declares what is called, and what unsafe functions demand of a caller."""
        for crossing in crossings:
            yield from sorted({declaration(anchor, named=False) for anchor in crossing.rust})
        for name in sorted(self._called(site)):
            near = [other for other in self._unsafe_functions.get(name, ()) if _distance(other, site) <= _NEAR]
            for other in sorted(near, key=lambda one: (_distance(one, site), one.span))[:1]:
                yield from (name, self._files.head(other.span), _words(other.safety.text) if other.safety else "")

    def _called(self, site: Site) -> set[str]:
        """The last names of what is called in a site."""
        item = self._files.around(site.span)
        return {call.name for call in item.calls if covers(_range(site.span), Span.of("", call.at))} if item else set()

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
