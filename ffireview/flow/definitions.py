"""A use of a local in, the definitions that may reach it out.

Branches are joined, loops may have run before, and a closure may have run at any time since it was made. Not seen are
writes through a pointer or reference behind the place where it was made, and methods that change their receiver.
"""

from bisect import bisect_left
from enum import StrEnum
from typing import NamedTuple

from ffireview.flow.code import Code
from ffireview.flow.locals import ELEMENT, Holder, Local, Write, root_of, writes
from ffireview.flow.order import LOOPS, before, diverges, leaves_function
from ffireview.model.body import (
    Arm,
    Assign,
    Binary,
    Block,
    Closure,
    Expression,
    For,
    Formal,
    If,
    Let,
    LetCondition,
    Match,
    MethodCall,
    Node,
)


class How(StrEnum):
    """How a local gets a value."""

    LET = "let"
    MATCHED = "matched"
    """By the pattern of a match arm, `if let` or `while let`."""
    ITEM = "item"
    """By the pattern of a `for` loop: an element of the value."""
    PARAMETER = "parameter"
    CLOSURE = "closure"
    """By a closure's parameter. The value is what the closure's method is called on, where it hands that on."""
    ASSIGNED = "assigned"
    CHANGED = "changed"
    """By an operator such as `+=`."""
    LENT = "lent"
    """A reference or pointer that can be written through was made of it; the node is that reference."""
    UNINITIALISED = "uninitialised"


class Definition(NamedTuple):
    """One way in which a local gets its value."""

    how: How
    node: Node
    """Where: the `let`, assignment, arm, parameter, .."""
    value: Expression | None
    """What it takes its value from, where that is written."""
    path: tuple[str, ...] = ()
    """What part of the value."""


_ELEMENTS = frozenset({"[]", "*", "item"})
HANDS_ON = {
    "map": "inner", "and_then": "inner", "map_or": "inner", "map_or_else": "inner", "is_some_and": "inner",
    "is_ok_and": "inner", "inspect": "inner", "filter": "inner", "for_each": "item", "filter_map": "item",
    "flat_map": "item", "any": "item", "all": "item", "find": "item", "position": "item", "try_for_each": "item",
    "map_err": "error", "unwrap_or_else": "error", "or_else": "error",
}  # fmt: skip
"""Methods that call a closure with what their receiver holds, and what part of it."""


def definitions(code: Code, use: Node, part: tuple[str, ...] = ()) -> tuple[Definition, ...]:
    """The definitions that may reach a use of a local, or of a field of one; the last first. Empty for all else. `part`
    asks for a part of it: a write of another part, or of less, is none of its definitions."""
    root = root_of(code, use)
    if root is None:
        return ()
    known: dict[tuple[int, tuple[str, ...]], tuple[Definition, ...]] = code.memory.setdefault("definitions", {})
    asked = (*root[1], *(ELEMENT if step in _ELEMENTS else step for step in part))
    if (id(use), asked) not in known:
        known[id(use), asked] = tuple(_reaching(code, use, root[0], asked))
    return known[id(use), asked]


def _reaching(code: Code, use: Node, local: Local, path: tuple[str, ...]) -> list[Definition]:
    search = _Search(code, local, path)
    if search.writes:
        for outer, inner in code.around(use):
            for part in reversed(before(outer, inner)):
                if search.collect(part):
                    return search.found
                if code.holds(part, local.holder):
                    return [*search.found, _first(code, local)]
            if outer is local.holder or (
                isinstance(outer, Closure) and any(p is local.holder for p in outer.parameters)
            ):
                break
            if isinstance(outer, (Closure, *LOOPS)):
                search.collect(outer if isinstance(outer, LOOPS) else code.root)
    return [*search.found, _first(code, local)]


class _Search:
    """The writes of one local that may matter to one use of it, and those found to reach it so far."""

    def __init__(self, code: Code, local: Local, path: tuple[str, ...]) -> None:
        self._code, self._path = code, path
        self._low = code.rank(local.holder) if code.holds(code.root, local.holder) else 0
        self.writes = [write for write in writes(code, local) if write.path == path[: len(write.path)]]
        self._ranks = [code.rank(write.node) for write in self.writes]
        self._seen: set[int] = set()
        self.found: list[Definition] = []

    def collect(self, part: Node) -> bool:
        """Add the writes inside a part, the last first; True when one of them is certain to have replaced the value."""
        start, end = self._code.span(part)
        low, high = bisect_left(self._ranks, max(start, self._low)), bisect_left(self._ranks, end)
        for write in reversed(self.writes[low:high]):
            if id(write.node) not in self._seen and not _lost(self._code, write.node, part):
                self._seen.add(id(write.node))
                self.found.append(_written(write, self._path))
            if write.whole and ELEMENT not in write.path and _certain(self._code, write.node, part):
                return True
        return False


def _written(write: Write, path: tuple[str, ...]) -> Definition:
    if not isinstance(write.node, Assign):
        return Definition(How.LENT, write.node, None)
    if write.whole:
        return Definition(How.ASSIGNED, write.node, write.node.value, path[len(write.path) :])
    return Definition(How.CHANGED, write.node, write.node.value)


def _certain(code: Code, node: Node, part: Node) -> bool:
    """Whether a node runs whenever a part that holds it does."""
    if node is part:
        return True
    for outer, inner in code.around(node):
        if isinstance(outer, (Closure, Arm, *LOOPS)):
            return False
        if isinstance(outer, If) and inner is not outer.condition:
            return False
        if isinstance(outer, Binary) and outer.operator in ("&&", "||") and inner is outer.right:
            return False
        if outer is part:
            break
    return True


def _lost(code: Code, node: Node, part: Node) -> bool:
    """Whether the function is always left between a node and the end of the part that holds it."""
    for outer, inner in code.around(node):
        if inner is part:
            break
        if isinstance(outer, Block) and diverges(outer) and leaves_function(outer):
            return True
    return False


def _first(code: Code, local: Local) -> Definition:
    """What a local's pattern binds it to."""
    holder, path = local.holder, local.binding.path
    if isinstance(holder, Let):
        how = How.LET if holder.value is not None else How.UNINITIALISED
        return Definition(how, holder, holder.value, path)
    if isinstance(holder, Formal):
        return _formal(code, holder, path)
    if isinstance(holder, For):
        return Definition(How.ITEM, holder, holder.iterable, ("item", *path))
    return Definition(How.MATCHED, holder, _matched(code, holder), path)


def _matched(code: Code, holder: Holder) -> Expression | None:
    if isinstance(holder, LetCondition):
        return holder.value
    match = code.parent(holder)
    return match.scrutinee if isinstance(match, Match) else None


def _formal(code: Code, holder: Formal, path: tuple[str, ...]) -> Definition:
    closure = code.parent(holder)
    if not isinstance(closure, Closure):
        return Definition(How.PARAMETER, holder, None, path)
    call = code.parent(closure)
    if isinstance(call, MethodCall) and len(closure.parameters) == 1 and (part := HANDS_ON.get(call.name)):
        return Definition(How.CLOSURE, holder, call.receiver, (part, *path))
    return Definition(How.CLOSURE, holder, None, path)
