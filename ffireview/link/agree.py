"""Crossings and types in, agreements out: every Rust declaration beside the declarations that it can meet."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

import msgspec

from ffireview.link.layout import version_of
from ffireview.link.types.c_types import read_c, read_c_signature
from ffireview.link.types.compare import Found, compare, signature_differences
from ffireview.link.types.rust_types import read_rust, read_rust_signature
from ffireview.link.types.shapes import LP64, MODELS, DataModel, Function, Pointer
from ffireview.link.types.spelling import spelled
from ffireview.link.types.tables import CTypes, RustTypes
from ffireview.model.agreement import Agreement, Difference, Grade, Kind
from ffireview.model.facts import Entity, Parameter, Role, Signature
from ffireview.model.place import Language
from ffireview.model.program import Anchor, Crossing, Via

_C_ABIS = frozenset(
    {"C", "C-unwind", "system", "system-unwind", "cdecl", "sysv64", "efiapi", "win64", "stdcall", "aapcs"}
)
_ARGUMENT = re.compile(r"^argument (\d+) of ")
_SHARED = re.compile(r"\b(?:Atomic\w+|\w*Cell|Mutex|RwLock|Once\w*)\b")
"""Types whose values may change behind a shared reference."""
_ORDER = list(Grade)
_FAULTS = (Grade.BREAKS, Grade.MAY_BREAK)
VARIANTS = 16
"""Combinations of conditions inside one parameter list that are tried."""


class Judge:
    """Judges crossings by the type definitions of the tree."""

    def __init__(
        self,
        c_types: CTypes,
        rust_types: RustTypes,
        model: DataModel = LP64,
        is_gated: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`is_gated`: whether a Rust file is built under a condition only."""
        self._c, self._rust, self._model, self._is_gated = c_types, rust_types, model, is_gated

    def judged(self, crossing: Crossing) -> Crossing:
        """The crossing with its agreements."""
        found = tuple(self._agreements(crossing))
        return msgspec.structs.replace(crossing, agreements=found) if found else crossing

    def _agreements(self, crossing: Crossing) -> Iterator[Agreement]:
        if crossing.via is Via.CXX:
            return
        for rust in crossing.rust:
            pairs = [(foreign, self._pair(crossing, rust, foreign)) for foreign in crossing.foreign]
            known = [(foreign, found) for foreign, found in pairs if found is not None]
            yield from self._settled(crossing, rust, known)
        if not crossing.foreign:
            yield from self._clashing(crossing.rust)

    def _clashing(self, declared: tuple[Anchor, ...]) -> Iterator[Agreement]:
        """Extern items of one symbol that Rust itself declares differently, where no C side can settle it."""
        imports = [a for a in declared if a.role is Role.IMPORT and a.signature is not None and not a.cfg]
        for other in imports[1:]:
            if other.span.path != imports[0].span.path and self._are_alternatives(
                other.span.path, imports[0].span.path
            ):
                continue
            found = self._both_rust(other, imports[0])
            if found and _worst(found) in _FAULTS:
                yield Agreement(other.span, imports[0].span, _worst(found), tuple(found), ())

    def _are_alternatives(self, one: str, other: str) -> bool:
        """Whether two Rust files may stand for one another: under conditions, or for other versions or targets."""
        return self._is_gated(one) or self._is_gated(other) or version_of(one) == version_of(other)

    def _settled(
        self, crossing: Crossing, rust: Anchor, pairs: list[tuple[Anchor, list[Difference]]]
    ) -> Iterator[Agreement]:
        """Alternatives under exclusive conditions: a fault counts only where no alternative of the file agrees."""
        for foreign, found in pairs:
            if foreign.internal and rust.role is Role.EXPORT:
                continue
            grade = _worst(found)
            if grade in _FAULTS and any("functions of this name" in why for why in crossing.evidence):
                continue
            if grade in _FAULTS and self._meets_another(crossing, rust, foreign, pairs):
                continue
            yield Agreement(
                rust.span,
                foreign.span,
                grade,
                tuple(d for d in found if d.grade is not Grade.UNKNOWN),
                tuple(f"{d.where}: {d.effect}" for d in found if d.grade is Grade.UNKNOWN),
            )

    def _meets_another(
        self, crossing: Crossing, rust: Anchor, foreign: Anchor, pairs: list[tuple[Anchor, list[Difference]]]
    ) -> bool:
        """Whether conditions keep the two from meeting: each has a partner of its own in the other's place."""
        for other, found in pairs:
            if other is not foreign and _worst(found) not in _FAULTS and _alternatives(other, foreign):
                return True
        for other in crossing.rust:
            if other is not rust and (other.span.path == rust.span.path or (rust.cfg and other.cfg != rust.cfg)):
                theirs = self._pair(crossing, other, foreign)
                if theirs is not None and _worst(theirs) not in _FAULTS:
                    return True
        return False

    def _pair(self, crossing: Crossing, rust: Anchor, foreign: Anchor) -> list[Difference] | None:
        """The differences of two declarations; None when they are not of comparable kinds."""
        if foreign.role in (Role.MACRO, Role.LABEL):
            return None
        if rust.entity is Entity.STATIC or foreign.entity is Entity.STATIC:
            return self._statics(rust, foreign)
        if rust.signature is None:
            return None
        if foreign.language == Language.RUST:
            return self._both_rust(rust, foreign)
        shape = self._c_side(crossing, foreign)
        if shape is None:
            return None
        ours = [Signature(p, rust.signature.returns, rust.signature.variadic) for p in _variants(rust.signature)]
        theirs: list[Signature | str] = [shape]
        if isinstance(shape, Signature):
            theirs = [Signature(p, shape.returns, shape.variadic) for p in _variants(shape)]
        best: list[Difference] | None = None
        for one, other in product(ours, theirs):
            found = self._functions(rust, one, foreign, other)
            if best is None or _ORDER.index(_worst(found)) < _ORDER.index(_worst(best)):
                best = found
        return best

    def _c_side(self, crossing: Crossing, foreign: Anchor) -> Signature | str | None:
        """The C signature that a Rust function meets: the declaration's own, or for a callback that of the field,
        typedef or parameter (then as the text of a function-pointer type)."""
        if crossing.via is not Via.CALLBACK:
            return foreign.signature
        if foreign.role is Role.FIELD:
            return foreign.signature if foreign.signature is not None else foreign.text.partition(":")[2].strip()
        found = _ARGUMENT.match(foreign.evidence)
        if not found or foreign.signature is None:
            return None
        index = int(found[1]) - 1
        return foreign.signature.parameters[index].type if index < len(foreign.signature.parameters) else None

    def _functions(self, rust: Anchor, ours: Signature, foreign: Anchor, theirs: Signature | str) -> list[Difference]:
        """Differences over all data models, each once with the models in which it is so."""
        gathered: dict[tuple[str, Kind | None, Grade, str], list[str]] = {}
        texts: dict[str, tuple[str, str]] = {}
        for model in MODELS:
            one = read_rust_signature(ours, rust.abi, model, self._rust.view(rust.span.path).lookup)
            other = self._foreign_shape(theirs, model)
            if other is None:
                return []
            differences = signature_differences(one, other, rust_calls=rust.role is Role.IMPORT)
            for where, found in self._with_abi(rust, _through_macro(rust, differences)):
                gathered.setdefault((where, found.kind, found.grade, found.effect), []).append(model.name)
                texts[where] = _texts(where, rust, ours, foreign, theirs)
        return list(_merged(gathered, texts, self._model))

    def _foreign_shape(self, theirs: Signature | str, model: DataModel) -> Function | None:
        if isinstance(theirs, Signature):
            return read_c_signature(theirs, model, self._c.lookup)
        shape = read_c(theirs, model, self._c.lookup, parameter=True)
        if isinstance(shape, Pointer) and isinstance(shape.to, Function):
            shape = shape.to
        return shape if isinstance(shape, Function) else None

    @staticmethod
    def _with_abi(rust: Anchor, found: list[tuple[str, Found]]) -> list[tuple[str, Found]]:
        if rust.abi in _C_ABIS or rust.abi == "C++":
            return found
        grade = Grade.BREAKS
        return [("ABI", Found(Kind.ABI, grade, f"Rust uses its own calling convention (`{rust.abi}`)")), *found]

    def _statics(self, rust: Anchor, foreign: Anchor) -> list[Difference] | None:
        if rust.signature is not None or foreign.signature is not None or foreign.language == Language.RUST:
            return None
        ours, theirs = rust.text.partition(":")[2].strip(), foreign.text.partition(":")[2].strip()
        mutable = ours.startswith("mut ")
        gathered: dict[tuple[str, Kind | None, Grade, str], list[str]] = {}
        for model in MODELS:
            one = read_rust(ours.removeprefix("mut "), model, self._rust.view(rust.span.path).lookup)
            found = compare(one, read_c(theirs, model, self._c.lookup), rust_reads=rust.role is Role.IMPORT)
            if found:
                gathered.setdefault(("type", found.kind, found.grade, found.effect), []).append(model.name)
        shared = mutable or _SHARED.search(ours)
        if not shared and not re.search(r"\bconst\b", theirs) and rust.role is Role.IMPORT:
            effect = "C may write what Rust takes for constant"
            gathered[("mutability", Kind.MUTABILITY, Grade.MAY_BREAK, effect)] = [m.name for m in MODELS]
        return list(_merged(gathered, {"type": (ours, theirs), "mutability": (ours, theirs)}, self._model))

    def _both_rust(self, rust: Anchor, foreign: Anchor) -> list[Difference] | None:
        """An extern item against the Rust function that defines the symbol."""
        if foreign.signature is None or rust.signature is None:
            return None
        one = read_rust_signature(rust.signature, "C", self._model, self._rust.view(rust.span.path).lookup)
        other = read_rust_signature(foreign.signature, "C", self._model, self._rust.view(foreign.span.path).lookup)
        found = signature_differences(one, other)
        if rust.abi == foreign.abi == "Rust":
            found = [(where, f) for where, f in found if f.kind is not Kind.RUST_TYPE]
        if (rust.abi == "Rust") != (foreign.abi == "Rust"):
            found = [("ABI", Found(Kind.ABI, Grade.BREAKS, f"`{rust.abi}` meets `{foreign.abi}`")), *found]
        names = tuple(m.name for m in MODELS)
        return [
            Difference(
                w,
                f.kind or Kind.LAYOUT,
                f.grade,
                *_texts(w, rust, rust.signature, foreign, foreign.signature),
                f.effect,
                names,
            )
            for w, f in found
        ]


def _through_macro(rust: Anchor, found: list[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """A macro that makes the function may hand its types on in another form: values as pointers."""
    if not rust.how.startswith("macro "):
        return found
    unknown = Found(None, Grade.UNKNOWN, f"{rust.how} may change the type")
    return [(where, unknown if f.kind is Kind.BY_VALUE else f) for where, f in found]


def _alternatives(one: Anchor, other: Anchor) -> bool:
    """Whether two C declarations cannot both be built: conditions in one file, or opposite ones in two."""
    if one.span.path == other.span.path:
        return bool(one.cfg or other.cfg)
    mine, theirs = _literals(one.cfg), _literals(other.cfg)
    return any(_negated(literal) in theirs for literal in mine)


def _literals(conditions: tuple[str, ...]) -> set[str]:
    return {part.strip().strip("()").replace("(", " ").strip() for c in conditions for part in c.split("&&")}


def _negated(literal: str) -> str:
    return literal[1:] if literal.startswith("!") else f"!{literal}"


def _worst(found: Iterable[Difference]) -> Grade:
    return max((d.grade for d in found), key=_ORDER.index, default=Grade.AGREES)


def _variants(shape: Signature) -> Iterator[tuple[Parameter, ...]]:
    """The parameter lists that conditions inside the list allow."""
    conditions = sorted({c for p in shape.parameters for c in p.cfg})
    atoms = sorted({c.removeprefix("!") for c in conditions})
    if not atoms or 2 ** len(atoms) > VARIANTS:
        yield shape.parameters
        return
    for truth in product((False, True), repeat=len(atoms)):
        values = dict(zip(atoms, truth, strict=True))
        yield tuple(p for p in shape.parameters if all(values[c.removeprefix("!")] != c.startswith("!") for c in p.cfg))


def _texts(where: str, rust: Anchor, ours: Signature, foreign: Anchor, theirs: Signature | str) -> tuple[str, str]:
    """Both sides of a difference as written."""
    if where == "result":
        return ours.returns or "()", theirs.returns if isinstance(theirs, Signature) else theirs
    if where.startswith("parameter "):
        index = int(where.removeprefix("parameter ")) - 1
        other = theirs.parameters[index] if isinstance(theirs, Signature) and index < len(theirs.parameters) else None
        return _named(ours.parameters[index]), spelled(other.type, other.name) if other else str(theirs)
    return rust.text, foreign.text


def _named(parameter: Parameter) -> str:
    return f"{parameter.name}: {parameter.type}" if parameter.name else parameter.type


def _merged(
    gathered: dict[tuple[str, Kind | None, Grade, str], list[str]], texts: dict[str, tuple[str, str]], model: DataModel
) -> Iterator[Difference]:
    """One difference a place: that of the data model chosen; one that only other models have is milder by a step."""
    for (where, kind, grade, effect), models in gathered.items():
        rust, foreign = texts.get(where, ("", ""))
        if kind is None:
            if model.name in models:
                yield Difference(where, Kind.LAYOUT, Grade.UNKNOWN, rust, foreign, effect, tuple(models))
            continue
        if model.name not in models:
            if any(w == where and model.name in m and k is not None for (w, k, _, _), m in gathered.items()):
                continue
            grade = Grade.TOLERABLE
        yield Difference(where, kind, grade, rust, foreign, effect, tuple(models))
