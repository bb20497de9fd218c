"""What several rules ask of crossings. In: a program. Out: types in signatures that meet C, with where they stand; what
C does by its effects, to the arguments of a call too."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ffireview.flow import Code, foreign_calls
from ffireview.model.body import Call, Node
from ffireview.model.effects import Effect, EffectKind, Effects
from ffireview.model.facts import Role
from ffireview.model.finding import Label
from ffireview.model.program import Anchor, Crossing, Direction, Program, Via

_GLUE = "wasm_bindgen"
"""How functions of JavaScript are declared: no C is on the other side."""
_ASSERTS = re.compile(r"assert|return_val_if_fail|\b(?:\w+_)?(?:ENSURE|REQUIRE|CHECK_ARG)\w*\s*\(", re.IGNORECASE)
CALLED_BY_C = frozenset({"C", "C-unwind", "system", "system-unwind", "cdecl", "stdcall", "efiapi", "win64", "sysv64"})


class Crossed(NamedTuple):
    """A type as written in a Rust signature that C calls or implements."""

    anchor: Anchor
    where: str
    """`parameter `name`` or `the result`."""
    type: str


class Done(NamedTuple):
    """An argument of a foreign call, and what C does to it."""

    symbol: str
    call: Call
    position: int
    argument: Node
    effect: Effect


def types_that_cross(program: Program) -> Iterator[Crossed]:
    """Parameters and results of the imports, exports and callbacks that meet C."""
    for crossing in program.crossings:
        if crossing.direction is Direction.RUST_TO_RUST or crossing.via is Via.CXX:
            continue
        for anchor in crossing.rust:
            if anchor.abi in CALLED_BY_C and anchor.how != _GLUE:
                yield from _of(anchor)


def types_that_enter(program: Program) -> Iterator[Crossed]:
    """Parameters of exports: what C decides."""
    for crossing in program.crossings:
        if crossing.direction is Direction.C_TO_RUST and crossing.via is Via.EXPORT:
            for anchor in crossing.rust:
                if anchor.role is Role.EXPORT:
                    yield from (row for row in _of(anchor) if row.where != "the result")


class Foreign(NamedTuple):
    """A function of C that Rust calls, by all that is known of it."""

    crossings: tuple[Crossing, ...]

    @property
    def known(self) -> bool:
        """Whether a definition was read."""
        return any(crossing.effects for crossing in self.crossings)

    @property
    def imports(self) -> tuple[Anchor, ...]:
        """How Rust declares it."""
        return tuple(
            a for crossing in self.crossings for a in crossing.rust if a.role is Role.IMPORT and a.how != _GLUE
        )

    @property
    def declarations(self) -> tuple[Anchor, ...]:
        """How C declares it, with a signature."""
        return tuple(a for crossing in self.crossings for a in crossing.foreign if a.signature is not None)

    def returns(self, *kinds: EffectKind) -> list[Effect]:
        """What is known of the result."""
        return [
            effect
            for crossing in self.crossings
            for definition in crossing.effects
            for effect in definition.returns
            if effect.kind in kinds
        ]

    @property
    def null(self) -> list[Effect]:
        """Where it returns NULL although no argument was NULL, and none was refused by an assertion."""
        found = self.returns(EffectKind.MAY_RETURN_NULL)
        return [effect for effect in found if not effect.others and not _ASSERTS.search(effect.detail)]

    def does(self, index: int, *kinds: EffectKind) -> list[Effect]:
        """What is done with a parameter, by its index from 0."""
        return [
            effect
            for crossing in self.crossings
            for definition in crossing.effects
            for parameter in definition.parameters
            if parameter.index == index
            for effect in parameter.effects
            if effect.kind in kinds
        ]

    def parameter_types(self, index: int) -> list[str]:
        """How C writes the type of a parameter, else how Rust does."""
        told = [a.signature.parameters for a in self.declarations or self.imports if a.signature]
        return [parameters[index].type for parameters in told if index < len(parameters)]


def called(program: Program) -> dict[str, Foreign]:
    """The functions that Rust calls in C, by symbol."""
    found: dict[str, list[Crossing]] = defaultdict(list)
    for crossing in program.crossings:
        if crossing.direction is Direction.RUST_TO_C and crossing.via is not Via.CXX:
            found[crossing.symbol].append(crossing)
    return {symbol: Foreign(tuple(crossings)) for symbol, crossings in found.items()}


def labels(effects: Iterable[Effect], text: str) -> tuple[Label, ...]:
    """The first place of each file where C does something."""
    places = {effect.span.path: effect.span for effect in sorted(effects, key=lambda e: e.span, reverse=True)}
    return tuple(Label(span, text) for span in sorted(places.values()))


def given_by_c(program: Program) -> Iterator[Crossed]:
    """Types whose values C makes: results of imports, parameters of exports and callbacks, and what C writes through a
    pointer that Rust gives."""
    for crossing in program.crossings:
        if crossing.direction is Direction.RUST_TO_RUST or crossing.via is Via.CXX:
            continue
        for anchor in crossing.rust:
            if anchor.abi not in CALLED_BY_C or anchor.signature is None or anchor.how == _GLUE:
                continue
            if anchor.role is not Role.IMPORT:
                yield from (row for row in _of(anchor) if row.where != "the result")
            else:
                yield Crossed(anchor, "the result", anchor.signature.returns)
                yield from _written(crossing, anchor)


_OUT = re.compile(r"(?:\*\s*mut\s+|&\s*(?:'\w+\s*)?mut\s+)(.*)")


def _written(crossing: Crossing, anchor: Anchor) -> Iterator[Crossed]:
    """What an imported function writes through its parameters."""
    for index, parameter in enumerate(anchor.signature.parameters if anchor.signature else ()):
        out = _OUT.fullmatch(parameter.type)
        if out and Foreign((crossing,)).does(index, EffectKind.WRITES_THROUGH):
            yield Crossed(anchor, f"what `{parameter.name}` points to", out[1])


def _of(anchor: Anchor) -> Iterator[Crossed]:
    if anchor.signature is not None:
        for parameter in anchor.signature.parameters:
            yield Crossed(anchor, f"parameter `{parameter.name}`", parameter.type)
        yield Crossed(anchor, "the result", anchor.signature.returns)


def effects_by_symbol(program: Program) -> dict[str, tuple[Effects, ...]]:
    """What the C definitions of each symbol that Rust calls do."""
    found: dict[str, tuple[Effects, ...]] = {}
    for crossing in program.crossings:
        if crossing.effects and crossing.direction is Direction.RUST_TO_C:
            found[crossing.symbol] = (*found.get(crossing.symbol, ()), *crossing.effects)
    return found


def done_to_arguments(code: Code, effects: dict[str, tuple[Effects, ...]], *kinds: EffectKind) -> Iterator[Done]:
    """The arguments of foreign calls to which C does one of these, by every definition that the symbol has."""
    for symbol, call in foreign_calls(code) if effects else ():
        for index, argument in enumerate(call.arguments):
            told = [_done(definition, index, kinds) for definition in effects.get(symbol, ())]
            if told and told[0] is not None and all(told):
                yield Done(symbol, call, index, argument, told[0])


def _done(definition: Effects, index: int, kinds: tuple[EffectKind, ...]) -> Effect | None:
    rows = (row for row in definition.parameters if row.index == index)
    return next((effect for row in rows for effect in row.effects if effect.kind in kinds), None)
