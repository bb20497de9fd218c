"""Objects that a function gets from an allocator or another function: what becomes of them decides what becomes of the
pointers that are put into them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ffireview.extract.c.effects.values import ALLOCATED, From, Value
from ffireview.syntax.bodies import Branch

RESULT = -1
"""Stands among parameters for the function's result."""


class Waiting(NamedTuple):
    """A parameter that was put into objects of yet unknown fate."""

    parameter: int
    node: Branch
    name: str
    objects: frozenset[int]


class Fate(NamedTuple):
    """Where an object ends: with parameters or the result, or elsewhere out of reach."""

    owners: frozenset[int]
    elsewhere: bool


class Objects:
    """Objects by the offset of the call that gave them."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []
        self._owners: dict[int, set[int]] = defaultdict(set)
        self._inside: dict[int, set[int]] = defaultdict(set)
        self._elsewhere: set[int] = set()
        self._freed: set[int] = set()

    def keep(self, value: Value, owners: Iterable[int], objects: Iterable[int], *, sure: bool) -> None:
        """A pointer to an object is put with owners, into other objects, or surely where it lasts."""
        for which in _given(value):
            self._owners[which].update(owners)
            self._inside[which].update(objects)
            if sure:
                self._elsewhere.add(which)

    def free(self, value: Value) -> None:
        """An object is given back."""
        self._freed |= _given(value)

    def kept(self) -> frozenset[int]:
        """Objects that were put where others find them."""
        return frozenset(self._elsewhere | {w for w, found in (*self._owners.items(), *self._inside.items()) if found})

    def fate(self, objects: Iterable[int]) -> Fate | None:
        """What becomes of some objects; None when they do not outlive the function."""
        owners: set[int] = set()
        reached: set[int] = set()
        stack = list(objects)
        while stack:
            which = stack.pop()
            if which not in reached:
                reached.add(which)
                owners |= self._owners[which]
                stack += self._inside[which]
        elsewhere = bool(reached & self._elsewhere)
        if not owners and not elsewhere:
            return None if reached & self._freed else Fate(frozenset(), True)
        return Fate(frozenset(owners), elsewhere)


def _given(value: Value) -> set[int]:
    return {o.which for o in value if o.kind in ALLOCATED or o.kind is From.CALL}
