"""Impl blocks and traits by their headers: what types promise, and which methods a trait asks for."""

import re
from collections.abc import Iterator

from ffireview.extract.rust.generics import angles, bounds_of, generics, where_clause
from ffireview.extract.rust.scopes import Item, cfg_around, owner_path
from ffireview.extract.rust.signatures import qualifiers
from ffireview.extract.rust.view import RustView
from ffireview.model.facts import ImplFact, TraitFact
from ffireview.syntax.brackets import split

_IMPL = re.compile(r"\bimpl\b")


def impls(view: RustView) -> Iterator[ImplFact]:
    """Every impl block of the file."""
    return (impl_fact(view, item) for item in view.scopes.items if item.kind == "impl")


def traits(view: RustView) -> Iterator[TraitFact]:
    """Every trait that the file defines."""
    methods: dict[int, list[Item]] = {}
    for item in view.scopes.items:
        if item.kind == "function" and item.parent is not None and item.parent.kind == "trait":
            methods.setdefault(item.parent.start, []).append(item)
    for item in view.scopes.items:
        if item.kind == "trait":
            yield _trait(view, item, methods.get(item.start, []))


def impl_fact(view: RustView, item: Item) -> ImplFact:
    """One impl block."""
    header = item.header
    found = _IMPL.search(header)
    at = found.end() if found else 0
    own = generics(header, at)
    rest = header[angles(header, at)[1] :].strip().removeprefix("const ").strip()
    negative = rest.startswith("!")
    head = _without_where(rest.removeprefix("!"))
    trait, shape = _parted(head)
    return ImplFact(
        trait=trait,
        type=shape,
        at=view.text.at(item.start, item.end),
        owner=owner_path(item.parent),
        unsafe=qualifiers(header, "impl").unsafe,
        negative=negative,
        generics=own.parameters,
        where=own.where,
        attributes=tuple(a.text for a in item.head.attributes if not a.text.startswith("doc")),
        cfg=cfg_around(item),
        macro=item.macro,
        test=item.test,
    )


def _parted(head: str) -> tuple[str, str]:
    """`Trait for Type`: both sides, or only the type. `for<'a>` is no such `for`."""
    *trait, shape = split(head.replace(" for ", "\0"), "\0") or [""]
    return trait[0] if trait else "", shape


def _without_where(text: str) -> str:
    return re.split(r"\bwhere\b", text, maxsplit=1)[0].rstrip(" {").strip()


def _trait(view: RustView, item: Item, methods: list[Item]) -> TraitFact:
    header = item.header
    found = re.search(rf"\btrait\s+{re.escape(item.name)}", header)
    at = found.end() if found else len(header)
    own = generics(header, at)
    rest = _without_where(header[angles(header, at)[1] :])
    before = qualifiers(header, "trait")
    return TraitFact(
        name=item.name,
        at=view.text.at(item.start, item.end),
        owner=owner_path(item.parent),
        visibility=before.visibility,
        unsafe=before.unsafe,
        generics=own.parameters,
        bounds=bounds_of(rest.removeprefix(":")),
        where=where_clause(header),
        required=tuple(m.name for m in methods if m.body is None),
        provided=tuple(m.name for m in methods if m.body is not None),
        macro=item.macro,
        test=item.test,
    )
