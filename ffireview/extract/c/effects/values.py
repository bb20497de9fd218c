"""What an expression may hold, as far as the function shows it, and what is known on the way to a place."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple


class From(IntEnum):
    """Where a value comes from."""

    UNKNOWN = 0
    PARAMETER = 1
    WITHIN = 2
    """A pointer into the object that the parameter points to."""
    LOADED = 3
    """Read out of memory that the parameter leads to."""
    COMPUTED = 4
    """An integer made of an integer parameter."""
    NULL = 5
    CONSTANT = 6
    ERROR = 7
    """An error number dressed as a pointer."""
    ALLOCATED = 8
    """From an allocator, not tested yet."""
    OWNED = 9
    """From an allocator, and not null."""
    OBJECT = 10
    """A pointer into, or read out of, an object that came from the call at `which`."""
    STACK = 11
    STATIC = 12
    """A static buffer of the function."""
    GLOBAL = 13
    CALL = 14
    """The result of the call at `which`."""
    LITERAL = 15
    LENT = 16
    """From a library function that keeps what it points to: one buffer for all calls."""


class Origin(NamedTuple):
    """One possible origin of a value. `which`: a parameter's, from 0, or a call's offset. `by`: the integer parameter
    that was added to the pointer."""

    kind: From
    which: int = -1
    name: str = ""
    by: int = -1


Value = frozenset[Origin]
ORIGINS = 24
"""Origins of one value; a value that may come from more places is not known."""
UNKNOWN: Value = frozenset({Origin(From.UNKNOWN)})
STACK: Value = frozenset({Origin(From.STACK)})
ALLOCATED = (From.ALLOCATED, From.OWNED)
_POINTERS = (From.PARAMETER, From.WITHIN)
_KEPT = (From.LOADED, From.STACK, From.STATIC, From.GLOBAL, From.LITERAL, From.OBJECT)
_OBJECTS = (From.ALLOCATED, From.OWNED, From.CALL, From.LENT)


def one(kind: From, index: int = -1, name: str = "") -> Value:
    """A value of one origin."""
    return frozenset({Origin(kind, index, name)})


def parameters(value: Value, *kinds: From) -> list[int]:
    """The parameters that a value comes from in one of the ways."""
    return sorted({o.which for o in value if o.kind in kinds})


def inside(value: Value, by: int = -1) -> Value:
    """A pointer into what the value points to."""
    found = set()
    for o in value:
        if o.kind in _POINTERS:
            found.add(Origin(From.WITHIN, o.which, "", by if by >= 0 else o.by))
        elif o.kind in _KEPT:
            found.add(o)
        else:
            found.add(Origin(From.OBJECT, o.which) if o.kind in _OBJECTS else Origin(From.UNKNOWN))
    return frozenset(found)


def loaded(value: Value, name: str) -> Value:
    """What is read through the value; `name` is the expression."""
    found = set()
    for o in value:
        if o.kind in _POINTERS or o.kind is From.LOADED:
            found.add(Origin(From.LOADED, o.which, name))
        elif o.kind in (From.GLOBAL, From.STATIC):
            found.add(Origin(From.GLOBAL, -1, o.name))
        else:
            known = o.kind is From.OBJECT or o.kind in _OBJECTS
            found.add(Origin(From.OBJECT, o.which) if known else Origin(From.UNKNOWN))
    return frozenset(found)


class State:
    """What is known where control stands. Where paths meet, values may come from any of them, tests must be on all."""

    __slots__ = ("dead", "null", "tested", "values")

    def __init__(self, values: dict[str, Value], tested: frozenset[int] = frozenset(), *, dead: bool = False) -> None:
        self.values = values
        """What each local name may hold."""
        self.tested = tested
        """Parameters that a test against null stands before on every path."""
        self.null: frozenset[int] = frozenset()
        """Parameters that are null on every path."""
        self.dead = dead
        """Whether control never gets here."""

    def copy(self) -> "State":
        """A state that changes by itself."""
        made = State(dict(self.values), self.tested, dead=self.dead)
        made.null = self.null
        return made

    def become(self, other: "State") -> None:
        """Take over another state."""
        self.values, self.tested, self.null, self.dead = other.values, other.tested, other.null, other.dead


def joined(states: Iterable[State]) -> State:
    """The state where several paths meet; dead when none of them gets there."""
    paths = list(states)
    alive = [state for state in paths if not state.dead]
    if not alive:
        return paths[0].copy()
    made = alive[0].copy()
    for other in alive[1:]:
        made.tested &= other.tested
        made.null &= other.null
        for name, value in other.values.items():
            mine = made.values.get(name)
            if mine is None:
                made.values[name] = value
            elif mine is not value:
                both = value | mine
                made.values[name] = both if len(both) <= ORIGINS else UNKNOWN
    return made
