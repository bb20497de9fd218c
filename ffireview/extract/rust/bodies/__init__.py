"""A read file in, its functions with their bodies out: those that unsafe code or a crossing can depend on."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ffireview.extract.rust.bodies.expressions import block_of
from ffireview.extract.rust.bodies.patterns import formals
from ffireview.extract.rust.bodies.source import LEAVES, Source
from ffireview.extract.rust.generics import generics
from ffireview.extract.rust.impls import impl_fact
from ffireview.extract.rust.scopes import Item, cfg_around, module_path, owner_path
from ffireview.extract.rust.signatures import qualifiers, signature
from ffireview.extract.rust.view import RustView
from ffireview.model.body import Body, Formal
from ffireview.model.facts import ImplFact

_NAME = re.compile(r"\bfn\s+[^\s(<]+")


class BodyReading(NamedTuple):
    """The bodies of a file, and how many stretches of them were nested too far to follow."""

    bodies: tuple[Body, ...]
    deep: int


def read_bodies(view: RustView, functions: Iterable[Item]) -> BodyReading:
    """The bodies of the given functions, in order."""
    reader = _Reader(view)
    bodies = tuple(body for item in functions if (body := reader.body(item)))
    return BodyReading(bodies, sum(source.deep for source in reader.sources))


class _Reader:
    """Reads bodies; an impl block is read once for all its methods."""

    def __init__(self, view: RustView) -> None:
        self._view = view
        self.sources = (Source(view.text), Source(view.text, quoting=True))
        self._impls: dict[int, ImplFact] = {}

    def body(self, item: Item) -> Body | None:
        """One function; None when its parse has no block where its body stands."""
        view, parsed = self._view, self._view.reading.parsed[item.parsed][0]
        tree = parsed.tree("block", item.body.start, item.body.end, LEAVES) if item.body else None
        if tree is None:
            return None
        source = self.sources[bool(item.macro and item.macro.generates)]
        before = qualifiers(item.header, "fn")
        exported = item.head.symbol(item.name)
        named = _NAME.search(item.header)
        own = generics(item.header, named.end() if named else len(item.header))
        parent = item.parent
        return Body(
            item.name,
            owner_path(parent),
            *view.text.positions.points(item.start, item.end),
            visibility=before.visibility,
            unsafe=before.unsafe,
            abi=before.abi,
            kind=_kind(item.header),
            symbol=exported[0] if exported else "",
            generics=own.parameters,
            where=own.where,
            parameters=self._formals(source, item),
            returns=self._returns(item),
            attributes=tuple(a.text for a in item.head.attributes if not a.text.startswith("doc")),
            implements=self._impl(parent) if parent is not None and parent.kind == "impl" else None,
            trait=parent.name if parent is not None and parent.kind == "trait" else "",
            module=module_path(parent),
            cfg=cfg_around(item),
            test=item.test,
            macro=item.macro,
            block=block_of(source, tree, 0),
        )

    def _formals(self, source: Source, item: Item) -> tuple[Formal, ...]:
        parsed = self._view.reading.parsed[item.parsed][0]
        piece = item.parameters
        tree = parsed.tree("parameters", piece.start, piece.end, LEAVES) if piece else None
        return tuple(formals(source, tree)) if tree else ()

    def _returns(self, item: Item) -> str:
        if item.parameters is None or item.body is None:
            return ""
        return signature("", self._view.text.read(item.parameters.end, item.body.start)).returns

    def _impl(self, item: Item) -> ImplFact:
        if item.start not in self._impls:
            self._impls[item.start] = impl_fact(self._view, item)
        return self._impls[item.start]


def _kind(header: str) -> str:
    words = header.partition("fn ")[0].split()
    return " ".join(word for word in ("async", "const") if word in words)
