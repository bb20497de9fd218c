"""How long what a pointer points into lives, and whether the pointer gets out of there alive.

Temporaries by the reference's rules up to edition 2021; 2024 ends those of a tail expression and of an `if let` sooner.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from ffireview.flow.code import Code
from ffireview.flow.follow import origins
from ffireview.flow.knowledge import KEEPS, PASSES, STORES
from ffireview.flow.locals import Local, local_of, uses
from ffireview.flow.order import LOOPS
from ffireview.flow.origin import Origin
from ffireview.flow.paths import ends_with
from ffireview.model.body import (
    Arm,
    ArrayLiteral,
    Assign,
    Await,
    Binary,
    Block,
    Break,
    Call,
    Cast,
    Closure,
    FieldAccess,
    FieldValue,
    For,
    Formal,
    If,
    Index,
    Let,
    LetCondition,
    Match,
    MethodCall,
    Node,
    Path,
    Reference,
    Return,
    StructLiteral,
    Try,
    TupleLiteral,
    Unary,
    While,
)

_TRANSPARENT = (Cast, Try, Await, TupleLiteral, ArrayLiteral, StructLiteral, FieldValue, Break, Closure)


class Extent(StrEnum):
    """With what a value ends."""

    STATEMENT = "statement"
    LET = "let"
    """A temporary of a `let`: it ends where the `let` does, before the variable is used."""
    CONDITION = "condition"
    ARM = "arm"
    BRANCH = "branch"
    CLOSURE = "closure"
    LOOP = "loop"
    """A turn of a loop."""
    BLOCK = "block"
    FUNCTION = "function"


class Scope(NamedTuple):
    """The stretch in which a value lives: it ends with `node`."""

    extent: Extent
    node: Node


def scope_of_temporary(code: Code, node: Node) -> Scope:
    """Where the temporary that an expression makes is dropped, when the expression is borrowed and not moved."""
    for outer, inner in code.around(node):
        if found := _ends_temporary(code, node, outer, inner):
            return found
    return Scope(Extent.FUNCTION, code.root)


def scope_of_local(code: Code, local: Local) -> Scope:
    """Where a local is dropped, when it is not moved before."""
    holder = local.holder
    if isinstance(holder, Arm):
        return Scope(Extent.ARM, holder)
    if isinstance(holder, For):
        return Scope(Extent.LOOP, holder.body)
    for outer in code.ancestors(holder):
        if isinstance(holder, Formal) and isinstance(outer, Closure):
            return Scope(Extent.CLOSURE, outer.body)
        if isinstance(holder, LetCondition) and isinstance(outer, (If, While)):
            return Scope(Extent.BRANCH, outer.then if isinstance(outer, If) else outer.body)
        if isinstance(holder, Let) and isinstance(outer, Block):
            return _block(code, outer)
    return Scope(Extent.FUNCTION, code.root)


def scope_behind(code: Code, found: Origin) -> Scope | None:
    """Where the value that a pointer points into is dropped; None when this function does not hold it."""
    if not found.inside or found.owner is None:
        return None
    return scope_of_local(code, found.held) if found.held else scope_of_temporary(code, found.owner)


def outlives(code: Code, pointer: Node) -> list[tuple[Origin, Scope]]:
    """Ways in which the value of an expression points into something that ends while the pointer goes on: it is bound
    by the `let` whose temporary it points into, is the value of the arm, closure, block or function that holds the
    owner, or is put into a variable or collection outside. Left out: owners that are moved, with what they own.
    Whether the owner owns anything, `owns` says."""
    found = [(one, scope) for one in origins(code, pointer) if (scope := scope_behind(code, one))]
    return [(one, scope) for one, scope in found if not _moves_along(code, one) and gets_out(code, pointer, scope.node)]


def gets_out(code: Code, node: Node, scope: Node, steps: int = 4) -> bool:
    """Whether the value of an expression leaves a scope: as its value, by an assignment, into a collection, by
    `return`, or through a local that does so."""
    if not code.holds(scope, node):
        return False
    for outer, inner in code.around(node):
        if inner is scope:
            return taken(code, scope)
        if isinstance(outer, Return):
            return True
        if isinstance(outer, Let) and inner is outer.value:
            return outer is scope or any(_passed_on(code, outer, scope, steps))
        if stored := _stored(outer, inner):
            return not _declared_in(code, stored, scope)
        if not _hands_up(outer, inner):
            return False
    return taken(code, scope)


def taken(code: Code, node: Node) -> bool:
    """Whether somebody takes the value of an expression: it is no statement, and no end of one."""
    outer = code.parent(node)
    if outer is None:
        return bool(code.body.returns)
    if isinstance(outer, Block):
        return node is outer.tail and taken(code, outer)
    if isinstance(outer, (If, Match)):
        asked = outer.condition if isinstance(outer, If) else outer.scrutinee
        return node is asked or taken(code, outer)
    if isinstance(outer, Arm):
        return taken(code, outer)
    return not isinstance(outer, LOOPS)


def moves(code: Code, local: Local) -> list[Path]:
    """Where a local is given away by value, or looks like it: a reference that is copied looks the same."""
    return [use for use in uses(code, local) if _moved_by(code.parent(use), use)]


def _moved_by(outer: Node | None, use: Node) -> bool:
    if isinstance(outer, Call):
        return use is not outer.callee
    if isinstance(outer, MethodCall):
        return use is not outer.receiver or outer.name.startswith("into")
    if isinstance(outer, Block):
        return use is outer.tail
    return isinstance(outer, (FieldValue, TupleLiteral, ArrayLiteral, Return, Break)) or (
        isinstance(outer, (Let, Assign)) and use is outer.value
    )


def _moves_along(code: Code, found: Origin) -> bool:
    return found.held is not None and not found.direct and bool(moves(code, found.held))


def _passed_on(code: Code, let: Let, scope: Node, steps: int) -> Iterator[bool]:
    """Whether the locals that a `let` binds leave the scope."""
    if steps:
        for binding in let.pattern.bindings:
            for use in uses(code, Local(binding.name, binding, let)):
                yield gets_out(code, use, scope, steps - 1)


def _ends_temporary(code: Code, node: Node, outer: Node, inner: Node) -> Scope | None:
    if isinstance(outer, Let) and inner is outer.value:
        if _extended(code, node, outer):
            block = code.parent(outer)
            return _block(code, block) if isinstance(block, Block) else Scope(Extent.FUNCTION, code.root)
        return Scope(Extent.LET, outer)
    if isinstance(outer, Block):
        if inner is not outer.tail:
            return Scope(Extent.STATEMENT, inner)
        return _branch(code, outer)
    if isinstance(outer, Arm):
        return Scope(Extent.ARM, outer) if inner is outer.body else Scope(Extent.CONDITION, inner)
    if isinstance(outer, Closure):
        return Scope(Extent.CLOSURE, inner)
    if isinstance(outer, (If, While)) and inner is outer.condition:
        return _condition(outer, inner)
    if isinstance(outer, Binary) and outer.operator in ("&&", "||") and not isinstance(inner, LetCondition):
        return Scope(Extent.CONDITION, inner)
    return None


def _condition(outer: If | While, inner: Node) -> Scope | None:
    if not isinstance(inner, LetCondition):
        return Scope(Extent.CONDITION, inner)
    return Scope(Extent.LOOP, outer) if isinstance(outer, While) else None


def _branch(code: Code, block: Block) -> Scope | None:
    """The body of an `if`, `else`, loop or async block is a scope of its own; a plain block hands its tail on."""
    around = code.parent(block)
    if isinstance(around, If):
        return Scope(Extent.BRANCH, block)
    if isinstance(around, LOOPS):
        return Scope(Extent.LOOP, block)
    return Scope(Extent.CLOSURE, block) if block.kind.startswith(("async", "gen", "const")) else None


def _block(code: Code, block: Block) -> Scope:
    if block is code.root:
        return Scope(Extent.FUNCTION, block)
    around = code.parent(block)
    if isinstance(around, Closure):
        return Scope(Extent.CLOSURE, block)
    if isinstance(around, LOOPS):
        return Scope(Extent.LOOP, block)
    return Scope(Extent.BLOCK, block)


def _extended(code: Code, node: Node, let: Let) -> bool:
    """Whether a `let` lengthens the life of a temporary: `let x = &temporary`, also in a literal of a struct."""
    borrowed = any("ref" in let.pattern.text.split() and b.by_reference for b in let.pattern.bindings)
    for outer, inner in code.around(node):
        if outer is let:
            return borrowed
        if isinstance(outer, Reference):
            borrowed = True
        elif isinstance(outer, (FieldAccess, Index, Unary)) and not borrowed:
            continue
        elif not borrowed or not _lengthens(outer, inner):
            return False
    return False


def _lengthens(outer: Node, inner: Node) -> bool:
    if isinstance(outer, Block):
        return inner is outer.tail and outer.kind in ("", "unsafe")
    return isinstance(outer, (Cast, TupleLiteral, ArrayLiteral, StructLiteral, FieldValue))


def _hands_up(outer: Node, inner: Node) -> bool:
    """Whether the value of a part is, or becomes part of, the value of the whole."""
    if isinstance(outer, Block):
        return inner is outer.tail
    if isinstance(outer, If):
        return inner is not outer.condition
    if isinstance(outer, (Match, Arm)):
        return inner is not (outer.scrutinee if isinstance(outer, Match) else outer.guard)
    if isinstance(outer, MethodCall):
        return (inner is outer.receiver and outer.name in KEEPS) or isinstance(inner, Closure)
    if isinstance(outer, Call):
        first = bool(outer.arguments) and inner is outer.arguments[0]
        return first and isinstance(outer.callee, Path) and any(ends_with(outer.callee.text, name) for name in PASSES)
    return isinstance(outer, _TRANSPARENT)


def _stored(outer: Node, inner: Node) -> Node | None:
    """The place that takes a value: the target of an assignment, the receiver of a `push`."""
    if isinstance(outer, Assign) and inner is outer.value:
        return outer.target
    if isinstance(outer, MethodCall) and inner is not outer.receiver and outer.name in STORES:
        return outer.receiver
    return None


def _declared_in(code: Code, place: Node, scope: Node) -> bool:
    """Whether a place belongs to a local that is gone with the scope."""
    while isinstance(place, (FieldAccess, Index)):
        place = place.base
    local = local_of(code, place)
    return local is not None and code.holds(scope, local.holder)
