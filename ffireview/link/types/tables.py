"""Type definitions of the tree by name, and names looked up in them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ffireview.link.layout import Layout
from ffireview.link.types.c_types import read_c
from ffireview.link.types.names import rust_name
from ffireview.link.types.rust_types import read_rust
from ffireview.link.types.shapes import (
    Bool,
    DataModel,
    Enum,
    Float,
    Function,
    Int,
    Pointer,
    Record,
    Shape,
    Unknown,
)  # fmt: skip
from ffireview.model.facts import TypeFact, TypeKind

RENAMES = 10
"""Names are followed through this many steps."""
ALTERNATIVES = 8
"""Definitions of one name under different conditions that are looked at."""
_REPRS = {
    **{f"{s}{bits}": (bits, s == "i") for s in "iu" for bits in (8, 16, 32, 64)},
}


class Defined(NamedTuple):
    """A type definition and its file."""

    path: str
    fact: TypeFact


class CTypes:
    """The C types of a tree."""

    def __init__(self, defined: Iterable[Defined]) -> None:
        self._by_name: dict[str, list[Defined]] = defaultdict(list)
        for row in defined:
            self._by_name[row.fact.name].append(row)
        self._known: dict[tuple[str, str], Shape | None] = {}

    def definitions(self, name: str) -> list[Defined]:
        """Every definition of a name."""
        return self._by_name.get(name, [])

    def lookup(self, name: str, model: DataModel, depth: int) -> Shape | None:
        """The shape of a name: of the definitions under several conditions, the one most of them share."""
        key = (name, model.name)
        if key not in self._known:
            self._known[key] = None
            self._known[key] = self._find(name, model, depth)
        return self._known[key]

    def _find(self, name: str, model: DataModel, depth: int) -> Shape | None:
        tag = name.removeprefix("enum ")
        rows = [r for r in self._by_name.get(tag, []) if r.fact.kind is not TypeKind.CONSTANT][:ALTERNATIVES]
        if name != tag:
            rows = [row for row in rows if row.fact.kind is TypeKind.ENUM]
        shapes = [self._shape(row.fact, model, depth) for row in rows]
        shapes = [s for s in shapes if not isinstance(s, Unknown)] or shapes
        if not shapes:
            return None
        kinds = set(shapes)
        if len(kinds) == 1:
            return shapes[0]
        enums = [s for s in shapes if isinstance(s, Enum)]
        if enums:
            return enums[0]
        scalars = [s for s in shapes if isinstance(s, Int | Float | Bool)]
        if _same_width(scalars):
            return scalars[0]
        if scalars and len(set(scalars)) > 1:
            return Unknown(name, "defined differently under several conditions")
        return next((s for s in shapes if not isinstance(s, Record)), shapes[0])

    def _shape(self, fact: TypeFact, model: DataModel, depth: int) -> Shape:
        if fact.kind is TypeKind.STRUCT or fact.kind is TypeKind.UNION:
            return Record(fact.name, fact.kind)
        if fact.kind is TypeKind.ENUM:
            return self._enum(fact, model, depth)
        if fact.target.split()[-1:] == [fact.name] and fact.target.split()[:1] in (["struct"], ["union"]):
            return Record(fact.name, fact.target.split()[0])
        if fact.target in (fact.name, ""):
            return Unknown(fact.name, "type not found")
        return read_c(fact.target, model, self.lookup, depth)

    def _enum(self, fact: TypeFact, model: DataModel, depth: int) -> Shape:
        if fact.target:
            base = read_c(fact.target, model, self.lookup, depth)
            if isinstance(base, Int):
                return Enum(fact.name, base.bits, base.signed, closed=False)
        return Enum(fact.name, 32, any(v.strip().startswith("-") for _, v in fact.values), closed=False)


class RustTypes:
    """The Rust types of a tree, told apart by how near they are to who names them.

    A name that no Rust here defines is looked up among the C types: generated bindings keep C's names.
    """

    def __init__(
        self, defined: Iterable[Defined], renamed: Iterable[tuple[str, str, str]], layout: Layout, c_types: CTypes
    ) -> None:
        self._by_name: dict[str, list[Defined]] = defaultdict(list)
        self._layout = layout
        self.c_types = c_types
        self._renamed: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for path, name, target in renamed:
            self._renamed[name].append((path, target))
        for row in defined:
            if row.fact.kind is not TypeKind.CONSTANT:
                self._by_name[row.fact.name].append(row)

    def view(self, path: str) -> "RustView":
        """Names as a file sees them."""
        return RustView(self, path)

    def root(self, path: str) -> str:
        """The folder of the crate that a Rust file belongs to."""
        return self._layout.place(path).root

    def renamed(self, name: str, path: str) -> str:
        """What a `use .. as name` of the file, else of its crate, gives the name to."""
        rows = self._renamed.get(name, [])
        root = self._layout.place(path).root
        here = [t for p, t in rows if p == path] or [t for p, t in rows if self._layout.place(p).root == root]
        return here[0] if here else ""

    def nearest(self, name: str, path: str) -> list[Defined]:
        """The definitions of a name in the file, else in its crate, else what the tree's other crates show."""
        rows = self._by_name.get(name, [])
        here = [row for row in rows if row.path == path]
        if here:
            return here[:ALTERNATIVES]
        root = self._layout.place(path).root
        crate = [row for row in rows if self._layout.place(row.path).root == root]
        shown = [row for row in rows if row.fact.visibility == "pub"]
        return (crate or shown)[:ALTERNATIVES]


class RustView:
    """Lookup from one file."""

    def __init__(self, types: RustTypes, path: str) -> None:
        self._types, self._path = types, path

    def lookup(self, name: str, model: DataModel, depth: int) -> Shape | None:
        """The shape of a name, or None where the tree does not define it."""
        rows = self._types.nearest(name, self._path)
        if not rows:
            other = self._types.renamed(name, self._path) if depth < RENAMES else ""
            if other:
                return read_rust(other, model, self.lookup, depth + 1)
            return None if rust_name(name, model) is not None else self._types.c_types.lookup(name, model, depth)
        shapes = [self._shape(row, model, depth) for row in rows]
        known = [s for s in shapes if not isinstance(s, Unknown)] or shapes
        if not known:
            return None
        if _same_width(known):
            return known[0]
        if len(set(known)) > 1 and any(isinstance(s, Int | Float | Bool) for s in known):
            return Unknown(name, "defined differently under several conditions")
        return known[0]

    def _shape(self, row: Defined, model: DataModel, depth: int) -> Shape:
        fact = row.fact
        view = RustView(self._types, row.path)
        if fact.kind is TypeKind.ALIAS:
            last = fact.target.rsplit("::", 1)[-1]
            if last == fact.name:
                return Unknown(fact.name, "re-exported from elsewhere")
            return read_rust(fact.target, model, view.lookup, depth)
        if fact.kind is TypeKind.ENUM:
            return self._enum(fact)
        if "transparent" in fact.repr or "C" in fact.repr:
            real = [f for f in fact.fields if not re.match(r"(?:\w+::)*Phantom", f.type)]
            inner = read_rust(real[0].type, model, view.lookup, depth) if len(real) == 1 else None
            if inner is not None and "transparent" in fact.repr:
                return inner
            if isinstance(inner, Pointer | Function | Int | Enum):
                return Record(fact.name, fact.kind, inner)
        return Record(fact.name, fact.kind)

    @staticmethod
    def _enum(fact: TypeFact) -> Shape:
        if any("(" in name or "{" in name for name, _ in fact.values):
            return Record(fact.name, "enum")
        for name in fact.repr:
            if name in _REPRS:
                bits, signed = _REPRS[name]
                return Enum(fact.name, bits, signed, closed=True)
        if not fact.values and fact.repr:
            return Record(fact.name, "opaque")
        if "C" in fact.repr:
            return Enum(fact.name, 32, True, closed=True)
        if not fact.values:
            return Record(fact.name, "enum")
        return Unknown(fact.name, "a Rust enum without a stated layout")


def _same_width(shapes: Sequence[Shape]) -> bool:
    """Whether definitions under several conditions are integers that differ in sign at most."""
    widths = {shape.bits for shape in shapes if isinstance(shape, Int)}
    return len(widths) == 1 and all(isinstance(shape, Int) for shape in shapes)
