"""A local in, where its value goes out: returned, stored, handed to foreign code, captured, given away.

A field counts as the local. What a method does with its receiver, and a call with what it is lent, is not seen.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from ffireview.flow.code import Code
from ffireview.flow.find import named
from ffireview.flow.knowledge import BORROWS, KEEPS, PASSES, POINTS_INTO, STORES
from ffireview.flow.locals import Key, Local, is_deref, local_of, uses
from ffireview.flow.paths import ends_with
from ffireview.model.body import (
    Arm,
    ArrayLiteral,
    Assign,
    Await,
    Block,
    Break,
    Call,
    Cast,
    Closure,
    FieldAccess,
    FieldValue,
    If,
    Index,
    Let,
    LetCondition,
    Macro,
    Match,
    MethodCall,
    Node,
    Path,
    Reference,
    Return,
    StructLiteral,
    Try,
    TupleLiteral,
)


class Way(StrEnum):
    """Where a value goes."""

    RETURNED = "returned"
    STORED = "stored"
    """Into a field, an element, a static, or what a pointer points to."""
    FOREIGN = "foreign"
    """Given to a call across the boundary; `name` is its symbol."""
    PASSED = "passed"
    """Given to another call."""
    CAPTURED = "captured"
    """By a `move` closure."""
    FORGOTTEN = "forgotten"
    """To `mem::forget`, `ManuallyDrop::new`, `leak` or `into_raw`."""


class Escape(NamedTuple):
    """One way out of the function's hands."""

    way: Way
    node: Node
    """The call, assignment, `return` or closure, or the tail that is returned."""
    use: Path
    """Where the local is named."""
    borrowed: bool
    """Whether a pointer to the value goes, and not the value."""
    name: str = ""


STEPS = 6
"""Copies that a value is followed through."""
_FORGETS = ("forget", "ManuallyDrop::new", "leak", "into_raw")
_VALUES = (Cast, Try, Await, TupleLiteral, ArrayLiteral, StructLiteral, FieldValue, Break, FieldAccess, Index)


def escapes(code: Code, local: Local) -> list[Escape]:
    """Every way in which a local's value, or a pointer to it, leaves. Copies in other locals are followed."""
    return _Search(code).of(local, False, STEPS)


class _Search:
    """One question; each local is followed once, as a value and as a pointer."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._seen: set[tuple[Key, bool]] = set()

    def of(self, local: Local, borrowed: bool, steps: int) -> list[Escape]:
        """What leaves by one local."""
        if not steps or (local.key, borrowed) in self._seen:
            return []
        self._seen.add((local.key, borrowed))
        found: list[Escape] = []
        for use in uses(self._code, local):
            captured = _captured(self._code, use, local)
            found += [Escape(Way.CAPTURED, captured, use, borrowed)] if captured is not None else []
            found += self._upward(use, borrowed, steps)
        return found

    def _upward(self, use: Path, borrowed: bool, steps: int) -> list[Escape]:
        code = self._code
        for outer, inner in code.around(use):
            if isinstance(outer, Return):
                return [Escape(Way.RETURNED, outer, use, borrowed)]
            if isinstance(outer, (Let, LetCondition)) and inner is outer.value:
                named_here = [Local(binding.name, binding, outer) for binding in outer.pattern.bindings]
                return [one for local in named_here for one in self.of(local, borrowed, steps - 1)]
            if isinstance(outer, Assign):
                return self._assigned(outer, inner, use, borrowed, steps)
            if isinstance(outer, (Call, MethodCall, Macro)) and not _passes(outer, inner):
                return list(_given(code, outer, inner, use, borrowed))
            borrowed = borrowed or _borrows(outer, inner)
            if not _rises(outer, inner):
                return []
        return [Escape(Way.RETURNED, code.root, use, borrowed)] if code.body.returns else []

    def _assigned(self, outer: Assign, inner: Node, use: Path, borrowed: bool, steps: int) -> list[Escape]:
        if inner is not outer.value:
            return []
        target = local_of(self._code, outer.target)
        if target is None:
            return [Escape(Way.STORED, outer, use, borrowed)]
        return self.of(target, borrowed, steps - 1)


def _given(code: Code, outer: Node, inner: Node, use: Path, borrowed: bool) -> Iterator[Escape]:
    if isinstance(outer, Call):
        if inner is outer.callee:
            return
        symbol = code.foreign(outer)
        way = Way.FOREIGN if symbol else Way.FORGOTTEN if named(outer, *_FORGETS) else Way.PASSED
        yield Escape(way, outer, use, borrowed, symbol)
    elif isinstance(outer, MethodCall):
        if inner is not outer.receiver:
            way = Way.STORED if outer.name in STORES else Way.PASSED
            yield Escape(way, outer, use, borrowed, outer.name)
    elif isinstance(outer, Macro):
        yield Escape(Way.PASSED, outer, use, borrowed, outer.name)


def _passes(outer: Node, inner: Node) -> bool:
    """Whether a call hands a value on, so that its result is still that value or points to it."""
    if isinstance(outer, MethodCall):
        return (inner is outer.receiver and outer.name in KEEPS | BORROWS) or isinstance(inner, Closure)
    if isinstance(outer, Call) and isinstance(outer.callee, Path) and inner is not outer.callee:
        if named(outer, *_FORGETS) and not named(outer, "into_raw", "leak"):
            return False
        return any(ends_with(outer.callee.text, name) for name in (*PASSES, *POINTS_INTO))
    return isinstance(outer, Macro) and outer.name.endswith(("addr_of", "addr_of_mut", "ready", "try"))


def _borrows(outer: Node, inner: Node) -> bool:
    if isinstance(outer, MethodCall):
        return inner is outer.receiver and outer.name in BORROWS
    if isinstance(outer, Macro):
        return outer.name.endswith(("addr_of", "addr_of_mut"))
    return isinstance(outer, Reference)


def _rises(outer: Node, inner: Node) -> bool:
    """Whether the value of a part is, or is part of, the value of the whole."""
    if isinstance(outer, Block):
        return inner is outer.tail
    if isinstance(outer, If):
        return inner is not outer.condition
    if isinstance(outer, (Match, Arm)):
        return inner is not (outer.scrutinee if isinstance(outer, Match) else outer.guard)
    return isinstance(outer, (*_VALUES, Reference, Call, MethodCall, Macro, Closure)) or is_deref(outer)


def _captured(code: Code, use: Path, local: Local) -> Closure | None:
    """The innermost `move` closure that takes the local from outside."""
    for outer in code.ancestors(use):
        if isinstance(outer, Closure) and outer.move:
            return None if code.holds(outer, local.holder) else outer
    return None
