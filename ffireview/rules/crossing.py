"""What several rules ask of crossings. In: a program. Out: types in signatures that meet C, with where they stand."""

from collections.abc import Iterator
from typing import NamedTuple

from ffireview.model.facts import Role
from ffireview.model.program import Anchor, Direction, Program, Via

CALLED_BY_C = frozenset({"C", "C-unwind", "system", "system-unwind", "cdecl", "stdcall", "efiapi", "win64", "sysv64"})


class Crossed(NamedTuple):
    """A type as written in a Rust signature that C calls or implements."""

    anchor: Anchor
    where: str
    """`parameter `name`` or `the result`."""
    type: str


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
