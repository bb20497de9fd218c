"""Types of both languages under one name in, agreements out: fields, offsets, sizes, enumerators."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.link.effects import HEADERS
from ffireview.link.types.c_types import read_c
from ffireview.link.types.compare import compare
from ffireview.link.types.rust_types import read_rust
from ffireview.link.types.shapes import (
    LP64,
    MODELS,
    Array,
    Bool,
    Char,
    DataModel,
    Enum,
    Float,
    Function,
    Int,
    Pointer,
    Record,
    Shape,
)
from ffireview.link.types.spelling import spelled
from ffireview.link.types.tables import CTypes, Defined, RustTypes
from ffireview.link.types.values import evaluate
from ffireview.model.agreement import Agreement, Difference, Grade, Kind, TypeAgreement
from ffireview.model.facts import Field, TypeFact, TypeKind
from ffireview.model.place import Span
from ffireview.model.program import Crossing

DEPTH = 8
"""Records inside records are measured to this depth."""

STEPS = 4
"""Types that the signatures name are followed this far into aliases and fields: what lies deeper seldom crosses."""
_OPAQUE = re.compile(r"^(?:\[\s*u8\s*;\s*0\s*\]|(?:\w+::)*Phantom\w*.*|\(\))$")
_WORD = re.compile(r"[A-Za-z_]\w*")
_ALIGN = re.compile(r"(?:align|aligned|packed)\s*\(\s*(\d+)\s*\)")
_COUNTS = re.compile(
    r"(?:^|_)(?:MAX|COUNT|LAST|NUM|NR|END|SENTINEL|FORCE\w*|SIZE|FIRST|MIN)(?:_|\d|$)|(?:Max|Count|Last|Num|End)$",
    re.IGNORECASE,
)
"""Enumerators that say how many there are, and that no function gives."""
_ORDER = list(Grade)


class Measured(NamedTuple):
    """Size and alignment in bytes; no size where a part is not known."""

    size: int | None
    align: int


class Layouts:
    """Compares the records and enums of both languages."""

    def __init__(self, c_types: CTypes, rust_types: RustTypes, model: DataModel = LP64) -> None:
        self._c, self._rust, self._model = c_types, rust_types, model

    def agreements(self, defined: list[Defined], crossings: tuple[Crossing, ...]) -> tuple[TypeAgreement, ...]:
        """One entry for each Rust type that crosses, has a C layout, and a C type of its name in a header, or in a
        source that declares something that crosses."""
        found = []
        crossing = _crossing_types(defined, crossings)
        sources = {anchor.span.path for one in crossings for anchor in one.foreign}
        for row in defined:
            if row.fact.name not in crossing:
                continue
            if row.fact.kind is TypeKind.CONSTANT:
                continue
            foreign = [
                d for d in self._c.definitions(row.fact.name)
                if self._comparable(row.fact, d.fact) and (d.path.endswith(HEADERS) or d.path in sources)
            ]  # fmt: skip
            if foreign:
                pairs = [self._pair(row, other) for other in foreign]
                best = min(pairs, key=lambda a: _ORDER.index(a.grade))
                found.append(TypeAgreement(row.fact.name, row.fact.kind, best))
        found += self._constants(defined)
        return tuple(sorted(found, key=lambda t: (t.agreement.rust, t.name)))

    def _constants(self, defined: list[Defined]) -> Iterator[TypeAgreement]:
        """Constants that Rust copies from a header by name: a fault where no C definition gives the value. Of several
        that a crate has of one name, for versions of the library, one that is right is enough."""
        names = {r.fact.name: v for r in defined if (v := _constant_value(r.fact)) is not None}
        found = list(self._values(defined, names))
        right = {(one.name, self._rust.root(one.agreement.rust.path)) for one in found if not one.agreement.differences}
        for one in found:
            if not one.agreement.differences or (one.name, self._rust.root(one.agreement.rust.path)) not in right:
                yield one

    def _values(self, defined: list[Defined], names: dict[str, int]) -> Iterator[TypeAgreement]:
        for row in defined:
            rows = [
                d for d in self._c.definitions(row.fact.name)
                if d.fact.kind is TypeKind.CONSTANT and d.path.endswith(HEADERS)
            ]  # fmt: skip
            if row.fact.kind is not TypeKind.CONSTANT or not rows:
                continue
            ours = evaluate(row.fact.values[-1][1], names)
            theirs = [(d, _constant_value(d.fact)) for d in rows]
            known = [(d, v) for d, v in theirs if v is not None]
            if ours is None or len(known) < len(theirs):
                continue
            same = next((d for d, v in known if _same_number(ours, v)), None)
            other, value = (same, ours) if same else known[0]
            differences = () if same else (_value_difference(row.fact.name, ours, value),)
            grade = Grade.AGREES if same else Grade.BREAKS
            places = Span.of(row.path, row.fact.at), Span.of(other.path, other.fact.at)
            yield TypeAgreement(row.fact.name, row.fact.kind, Agreement(*places, grade, differences, ()))

    @staticmethod
    def _comparable(rust: TypeFact, foreign: TypeFact) -> bool:
        if rust.generic or rust.kind in (TypeKind.ALIAS, TypeKind.CONSTANT) or foreign.kind is not rust.kind:
            return False
        if rust.kind is TypeKind.ENUM:
            return bool(rust.repr and rust.values and not any("(" in n or "{" in n for n, _ in rust.values))
        named = [f for f in rust.fields if not _OPAQUE.match(f.type)]
        marker = len(rust.fields) == 1 and rust.fields[0].name.startswith("_")
        return bool("C" in rust.repr and named and not marker and foreign.fields)

    def _pair(self, rust: Defined, foreign: Defined) -> Agreement:
        if rust.fact.kind is TypeKind.ENUM:
            differences, unknown = list(_enumerators(rust.fact, foreign.fact)), list[str]()
        else:
            differences, unknown = self._records(rust, foreign)
        grade = max((d.grade for d in differences), key=_ORDER.index, default=Grade.AGREES)
        if unknown and grade in (Grade.AGREES, Grade.TOLERABLE):
            grade = Grade.UNKNOWN
        return Agreement(
            Span.of(rust.path, rust.fact.at),
            Span.of(foreign.path, foreign.fact.at),
            grade,
            tuple(differences),
            tuple(unknown),
        )

    def _records(self, rust: Defined, foreign: Defined) -> tuple[list[Difference], list[str]]:
        differences: list[Difference] = []
        unknown: list[str] = []
        if any(f.cfg for f in (*rust.fact.fields, *foreign.fact.fields)):
            return [], ["fields under conditions"]
        if any(f.bits >= 0 for f in foreign.fact.fields):
            return [], ["bit-fields"]
        ours, theirs = rust.fact.fields, foreign.fact.fields
        if rust.fact.kind is TypeKind.UNION:
            theirs = _in_order_of(ours, theirs)
        if len(ours) != len(theirs):
            differences.append(_count(ours, theirs))
        for index, (one, other) in enumerate(zip(ours, theirs, strict=False), 1):
            found, reason = self._field(index, rust, one, other)
            differences += found
            unknown += reason
        if not unknown and len(ours) == len(theirs):
            differences += self._sizes(rust, foreign)
        return differences, unknown

    def _field(self, index: int, rust: Defined, one: Field, other: Field) -> tuple[list[Difference], list[str]]:
        where = f"field {index}"
        if "{" in other.type:
            return [], [f"{where}: a record inside the record"]
        texts = f"{one.name}: {one.type}", spelled(other.type, other.name)
        if _plain(one.name) != _plain(other.name):
            swapped = any(_plain(f.name) == _plain(other.name) for f in rust.fact.fields)
            if swapped:
                effect = f"Rust has {one.name} where C has {other.name}"
                return [Difference(where, Kind.LAYOUT, Grade.MAY_BREAK, *texts, effect, _names(MODELS))], []
        models: dict[tuple[Kind, Grade, str], list[str]] = {}
        for model in MODELS:
            shape = read_rust(one.type, model, self._rust.view(rust.path).lookup)
            found = compare(shape, read_c(other.type, model, self._c.lookup))
            if found and found.kind is None:
                return [], [f"{where}: {found.effect}"]
            if found and found.kind:
                grade = Grade.BREAKS if found.kind in (Kind.WIDTH, Kind.FLOAT, Kind.BY_VALUE) else found.grade
                models.setdefault((found.kind, grade, found.effect), []).append(model.name)
        rows = []
        for (kind, grade, effect), names in models.items():
            if self._model.name not in names:
                grade = Grade.TOLERABLE
            if grade is not Grade.TOLERABLE or kind in (Kind.WIDTH, Kind.SIGN):
                rows.append(Difference(where, kind, grade, *texts, effect, tuple(names)))
        return rows[:1], []

    def _sizes(self, rust: Defined, foreign: Defined) -> Iterator[Difference]:
        gathered: dict[str, list[str]] = {}
        for model in MODELS[:2]:
            ours = self.measure_rust(rust, model, 0).size
            theirs = self.measure_c(foreign, model, 0).size
            if ours is not None and theirs is not None and ours != theirs:
                gathered.setdefault(f"Rust has {ours} bytes, C has {theirs}", []).append(model.name)
        for effect, names in gathered.items():
            grade = Grade.BREAKS if self._model.name in names else Grade.TOLERABLE
            yield Difference("size", Kind.LAYOUT, grade, rust.fact.name, foreign.fact.name, effect, tuple(names))

    def measure_rust(self, row: Defined, model: DataModel, depth: int) -> Measured:
        """Size and alignment of a `repr(C)` record."""
        lookup = self._rust.view(row.path).lookup
        shapes = [read_rust(f.type, model, lookup) for f in row.fact.fields]
        packed, align = _attributes(row.fact)
        return self._measure(shapes, row.fact.kind, packed, align, model, depth, row.path)

    def measure_c(self, row: Defined, model: DataModel, depth: int) -> Measured:
        """Size and alignment of a C record."""
        shapes = [read_c(f.type, model, self._c.lookup) for f in row.fact.fields]
        packed, align = _attributes(row.fact)
        return self._measure(shapes, row.fact.kind, packed, align, model, depth, "")

    def _measure(
        self, shapes: list[Shape], kind: TypeKind, packed: int, least: int, model: DataModel, depth: int,
        path: str,
    ) -> Measured:  # fmt: skip
        at, align, size = 0, max(least, 1), 0
        for shape in shapes:
            measured = self._shape(shape, model, depth, path)
            if measured is None:
                return Measured(None, align)
            width, natural = measured
            natural = min(natural, packed) if packed else natural
            at = 0 if kind is TypeKind.UNION else -(-at // natural) * natural
            at += width
            size, align = max(size, at), max(align, natural)
        return Measured(-(-size // align) * align, align)

    def _shape(self, shape: Shape, model: DataModel, depth: int, path: str) -> tuple[int, int] | None:
        """Size and alignment of a shape, or None where it is not known."""
        if isinstance(shape, Int | Float | Enum):
            return shape.bits // 8, shape.bits // 8
        if isinstance(shape, Bool):
            return 1, 1
        if isinstance(shape, Char):
            return 4, 4
        if isinstance(shape, Pointer | Function):
            return model.pointer // 8, model.pointer // 8
        if isinstance(shape, Array):
            inner = self._shape(shape.of, model, depth, path)
            length = evaluate(shape.length, {})
            return (inner[0] * length, inner[1]) if inner and length is not None else None
        if isinstance(shape, Record) and depth < DEPTH:
            rows = self._rust.nearest(shape.name, path) if path else self._c.definitions(shape.name)
            rows = [r for r in rows if r.fact.fields]
            if len(rows) == 1:
                measure = self.measure_rust if path else self.measure_c
                inner_size = measure(rows[0], model, depth + 1)
                return (inner_size.size, inner_size.align) if inner_size.size is not None else None
        return None


def _in_order_of(ours: tuple[Field, ...], theirs: tuple[Field, ...]) -> tuple[Field, ...]:
    """C's members of a union in the order of Rust's, where both have the same names: all start at one place."""
    places = {_plain(field.name): at for at, field in enumerate(ours)}
    if {_plain(field.name) for field in theirs} != places.keys():
        return theirs
    return tuple(sorted(theirs, key=lambda field: places[_plain(field.name)]))


def _crossing_types(defined: list[Defined], crossings: tuple[Crossing, ...]) -> set[str]:
    """Type names that the Rust side of crossings uses, with those that aliases and `repr(C)` records lead to."""
    used: dict[str, set[str]] = {}
    for row in defined:
        if row.fact.kind is TypeKind.ALIAS or "C" in row.fact.repr:
            texts = [row.fact.target, *(field.type for field in row.fact.fields)]
            used.setdefault(row.fact.name, set()).update(word for text in texts for word in _WORD.findall(text))
    level = {word for c in crossings for a in c.rust for word in _WORD.findall(a.text)}
    found: set[str] = set()
    for _ in range(STEPS):
        found |= level
        level = {word for name in level for word in used.get(name, ())} - found
    return found


def _attributes(fact: TypeFact) -> tuple[int, int]:
    """The packing and the least alignment in bytes; 0 for none."""
    packed = align = 0
    for text in fact.repr:
        number = int(found[1]) if (found := _ALIGN.search(text)) else 0
        if text.startswith("packed"):
            packed = number or 1
        elif text.startswith("align"):
            align = number
    return packed, align


def _count(ours: tuple[Field, ...], theirs: tuple[Field, ...]) -> Difference:
    effect = f"Rust has {len(ours)} fields, C has {len(theirs)}"
    extra = ", ".join(f.name for f in (ours[len(theirs) :] or theirs[len(ours) :])[:4])
    who = "Rust" if len(ours) > len(theirs) else "C"
    return Difference(
        "fields", Kind.LAYOUT, Grade.MAY_BREAK, "", "", f"{effect}; only {who} ends with {extra}", _names(MODELS)
    )


def _enumerators(rust: TypeFact, foreign: TypeFact) -> Iterator[Difference]:
    """Enumerators of the same name with different values."""
    ours, theirs = _valued(rust), _valued(foreign)
    for name, value in ours.items():
        other = theirs.get(name)
        if value is not None and other is not None and value != other:
            yield _value_difference(name, value, other)
    known = set(ours.values())
    missing = [name for name, value in theirs.items() if value not in known and not _COUNTS.search(name)]
    if missing and None not in known and None not in theirs.values():
        effect = f"Rust has no value {theirs[missing[0]]}, which C calls {missing[0]}"
        yield Difference("values", Kind.ENUM, Grade.MAY_BREAK, "", missing[0], effect, _names(MODELS))


def _value_difference(name: str, ours: int, theirs: int) -> Difference:
    effect = f"{name} is {ours} in Rust, {theirs} in C"
    return Difference("value", Kind.LAYOUT, Grade.BREAKS, str(ours), str(theirs), effect, _names(MODELS))


def _constant_value(fact: TypeFact) -> int | None:
    """The value of a constant; for an enumerator all before it are counted."""
    return _valued(fact).get(fact.name) if fact.kind is TypeKind.CONSTANT else None


def _same_number(ours: int, theirs: int) -> bool:
    """Whether two values are the same bits in 8 to 64 of them: -1 and 0xffffffff are."""
    return any(ours % (1 << bits) == theirs % (1 << bits) for bits in (32, 64)) and abs(ours - theirs) % (1 << 32) == 0


def _valued(fact: TypeFact) -> dict[str, int | None]:
    values: dict[str, int | None] = {}
    last: int | None = -1
    for name, text in fact.values:
        if text:
            last = evaluate(text, {k: v for k, v in values.items() if v is not None})
        else:
            last = last + 1 if last is not None else None
        values[name] = last
    return values


def _plain(name: str) -> str:
    """A field's name without what keeps it from being a Rust keyword: `type_`, `r#type`, `_type`."""
    return name.removeprefix("r#").strip("_").lower().replace("_", "")


def _names(models: tuple[DataModel, ...]) -> tuple[str, ...]:
    return tuple(model.name for model in models)
