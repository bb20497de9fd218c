"""A node in, its parts out, in the order in which a run meets them."""

from collections.abc import Iterator

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
    Continue,
    FieldAccess,
    FieldValue,
    For,
    Formal,
    If,
    Index,
    Item,
    Let,
    LetCondition,
    Literal,
    Loop,
    Macro,
    Match,
    MethodCall,
    Node,
    Other,
    Path,
    Pattern,
    RangeOf,
    Reference,
    Return,
    StructLiteral,
    Try,
    TupleLiteral,
    Unary,
    While,
)

_PARTS: dict[type[Node], tuple[str, ...]] = {
    Path: (),
    Literal: (),
    TupleLiteral: ("elements",),
    ArrayLiteral: ("elements", "repeat"),
    FieldValue: ("value",),
    StructLiteral: ("fields", "base"),
    Call: ("callee", "arguments"),
    MethodCall: ("receiver", "arguments"),
    Macro: ("arguments",),
    FieldAccess: ("base",),
    Index: ("base", "index"),
    Unary: ("operand",),
    Reference: ("operand",),
    Cast: ("operand",),
    Binary: ("left", "right"),
    Assign: ("value", "target"),
    RangeOf: ("low", "high"),
    Try: ("operand",),
    Await: ("operand",),
    Pattern: (),
    Block: ("statements", "tail"),
    LetCondition: ("value", "pattern"),
    If: ("condition", "then", "otherwise"),
    Arm: ("pattern", "guard", "body"),
    Match: ("scrutinee", "arms"),
    Loop: ("body",),
    While: ("condition", "body"),
    For: ("iterable", "pattern", "body"),
    Return: ("value",),
    Break: ("value",),
    Continue: (),
    Formal: ("pattern",),
    Closure: ("parameters", "body"),
    Let: ("value", "otherwise", "pattern"),
    Item: (),
    Other: ("parts",),
}
"""The fields that hold parts, in the order of evaluation: an assignment works out its value before its target."""


def parts(node: Node) -> list[Node]:
    """The nodes directly inside, in the order of evaluation; patterns are among them."""
    found: list[Node] = []
    for name in _PARTS[type(node)]:
        value = getattr(node, name)
        if isinstance(value, tuple):
            found.extend(value)
        elif value is not None:
            found.append(value)
    return found


def walk(node: Node) -> Iterator[Node]:
    """The node and all inside it, each before its parts."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(parts(found)))
