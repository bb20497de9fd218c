"""Patterns: which names they bind, and what part of the value each name is."""

from collections.abc import Iterator

from ffireview.extract.rust.bodies.source import Source
from ffireview.model.body import Binding, Formal, Pattern
from ffireview.syntax.trees import Tree

PATTERN_LIMIT = 2_000
"""Characters kept of a pattern."""

_NAMES = frozenset({"identifier", "self", "shorthand_field_identifier", "metavariable"})
_AROUND = frozenset({"captured_pattern", "or_pattern", "match_pattern", "parenthesized_pattern"})
_REST = "remaining_field_pattern"


def read_pattern(source: Source, tree: Tree | None, start: int, end: int, *, mutable: bool = False) -> Pattern:
    """A pattern; `_`, or one that is not there, binds nothing. `mutable` when `mut` stands before it."""
    place, text = source.place(start, end), source.read(start, end)[:PATTERN_LIMIT]
    if tree is None:
        return Pattern(*place, text, ())
    found: dict[str, Binding] = {}
    for binding in _bindings(source, tree, (), reference=False, mutable=mutable):
        found.setdefault(binding.name, binding)
    return Pattern(*place, text, tuple(found.values()))


def pattern_of(source: Source, tree: Tree, around: Tree | None = None) -> Pattern:
    """A pattern that is a node by itself; in a `let` or parameter, `mut` stands beside it."""
    mutable = next((c for c in around.children if c.kind == "mutable_specifier"), None) if around else None
    start = mutable.start if mutable else tree.start
    return read_pattern(source, tree, start, tree.end, mutable=mutable is not None)


def formals(source: Source, parameters: Tree) -> Iterator[Formal]:
    """The parameters of a function or closure."""
    for part in parameters.children:
        if part.kind == "parameter":
            pattern, shape = part.part("pattern"), part.part("type")
            made = pattern_of(source, pattern, part) if pattern else pattern_of(source, part)
            yield Formal(*source.at(part), made, source.text(shape))
        elif part.kind == "self_parameter":
            yield _self(source, part)
        elif part.kind == "variadic_parameter":
            yield Formal(*source.at(part), Pattern(*source.at(part), "...", ()), "")
        elif part.kind != "attribute_item":
            yield Formal(*source.at(part), pattern_of(source, part), "")


def _self(source: Source, part: Tree) -> Formal:
    written = source.text(part)
    mutable = written.startswith("mut ")
    pattern = Pattern(*source.at(part), "self", (Binding("self", False, mutable, ()),))
    before = written.removeprefix("mut ").removesuffix("self").strip()
    return Formal(*source.at(part), pattern, f"{before} Self" if len(before) > 1 else f"{before}Self")


def _bindings(
    source: Source, tree: Tree, path: tuple[str, ...], *, reference: bool, mutable: bool
) -> Iterator[Binding]:
    kind, children = tree.kind, tree.children
    if kind in _NAMES:
        name = source.text(tree)
        if not name[:1].isupper():
            yield Binding(name, reference, mutable, path)
    elif kind in _AROUND:
        for child in children:
            if child.field != "condition":
                yield from _bindings(source, child, path, reference=reference, mutable=mutable)
    elif kind == "mut_pattern":
        yield from _last(source, tree, path, reference=reference, mutable=True)
    elif kind == "ref_pattern":
        yield from _last(source, tree, path, reference=True, mutable=mutable)
    elif kind == "reference_pattern":
        yield from _last(source, tree, (*path, "*"), reference=reference, mutable=mutable)
    elif kind == "tuple_struct_pattern":
        head = (*path, source.text(children[0]).rsplit("::", 1)[-1])
        yield from _each(source, children[1:], head)
    elif kind == "tuple_pattern":
        yield from _each(source, children, path)
    elif kind == "slice_pattern":
        yield from _each(source, children, (*path, "[]"))
    elif kind == "struct_pattern":
        head = (*path, source.text(tree.part("type")).rsplit("::", 1)[-1])
        for child in children:
            if child.kind == "field_pattern":
                yield from _field(source, child, head)


def _last(source: Source, tree: Tree, path: tuple[str, ...], *, reference: bool, mutable: bool) -> Iterator[Binding]:
    """What follows `mut`, `ref` or `&`."""
    if tree.children and tree.children[-1].kind != "mutable_specifier":
        yield from _bindings(source, tree.children[-1], path, reference=reference, mutable=mutable)


def _each(source: Source, parts: list[Tree], head: tuple[str, ...]) -> Iterator[Binding]:
    """The parts of a tuple or slice; behind `..` they count from the end, from `-1`."""
    rest = next((i for i, part in enumerate(parts) if part.kind == _REST), len(parts))
    for i, part in enumerate(parts):
        if i != rest:
            place = str(i) if i < rest else str(i - len(parts))
            yield from _bindings(source, part, (*head, place), reference=False, mutable=False)


def _field(source: Source, tree: Tree, head: tuple[str, ...]) -> Iterator[Binding]:
    name, inner = tree.part("name"), tree.part("pattern")
    path = (*head, source.text(name))
    if inner is not None:
        yield from _bindings(source, inner, path, reference=False, mutable=False)
    elif name is not None:
        before = source.gap(tree.start, name.start).split()
        yield Binding(source.text(name), "ref" in before, "mut" in before, path)
