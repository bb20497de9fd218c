"""What several rules ask of crossings. In: a program. Out: types in signatures that meet C, with where they stand; what
C does to the arguments of a call."""

from collections.abc import Iterator
from typing import NamedTuple

from ffireview.flow import Code, foreign_calls
from ffireview.model.body import Call, Node
from ffireview.model.effects import Effect, EffectKind, Effects
from ffireview.model.facts import Role
from ffireview.model.program import Anchor, Direction, Program, Via

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
            if anchor.abi in CALLED_BY_C:
                yield from _of(anchor)


def types_that_enter(program: Program) -> Iterator[Crossed]:
    """Parameters of exports: what C decides."""
    for crossing in program.crossings:
        if crossing.direction is Direction.C_TO_RUST and crossing.via is Via.EXPORT:
            for anchor in crossing.rust:
                if anchor.role is Role.EXPORT:
                    yield from (row for row in _of(anchor) if row.where != "the result")


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
