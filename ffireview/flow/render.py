"""A node in, one line of Rust out: for messages, and to compare two places by what is written there."""

from collections.abc import Callable, Iterable
from typing import Any

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


def text(node: Node | None) -> str:
    """The node as Rust, in one line, with parentheses only where an operator needs them."""
    return _WRITERS[type(node)](node) if node is not None else ""


def short(node: Node | None, limit: int = 60) -> str:
    """The same, cut for a message."""
    written = text(node)
    return written if len(written) <= limit else written[: limit - 2] + ".."


def _tight(node: Node) -> str:
    """The node where `.`, `?` or `(` follows it."""
    written = text(node)
    return f"({written})" if isinstance(node, (*_LOOSE, Cast, Unary, Reference, If, Match)) else written


def _operand(node: Node, operator: str = "") -> str:
    """The node beside an operator."""
    written = text(node)
    same = isinstance(node, Binary) and node.operator == operator and operator in ("&&", "||", "+", "*")
    return f"({written})" if isinstance(node, _LOOSE) and not same else written


def _list(nodes: Iterable[Node]) -> str:
    return ", ".join(map(text, nodes))


def _after(word: str, node: Node | None) -> str:
    return f"{word} {text(node)}" if node is not None else word


def _labelled(label: str, written: str) -> str:
    return f"{label}: {written}" if label else written


def _turbofish(written: str) -> str:
    return f"::{written}" if written else ""


def _array(node: ArrayLiteral) -> str:
    return f"[{_list(node.elements)}{'; ' + text(node.repeat) if node.repeat else ''}]"


def _field_value(node: FieldValue) -> str:
    written = text(node.value)
    return node.name if written == node.name else f"{node.name}: {written}"


def _struct(node: StructLiteral) -> str:
    base = [f"..{text(node.base)}"] if node.base else []
    return f"{node.path} {{ {', '.join([*map(text, node.fields), *base])} }}"


def _call(node: Call) -> str:
    callee = _tight(node.callee) if not isinstance(node.callee, FieldAccess) else f"({text(node.callee)})"
    return f"{callee}{_turbofish(node.turbofish)}({_list(node.arguments)})"


def _method(node: MethodCall) -> str:
    return f"{_tight(node.receiver)}.{node.name}{_turbofish(node.turbofish)}({_list(node.arguments)})"


def _range(node: RangeOf) -> str:
    low, high = _operand(node.low) if node.low else "", _operand(node.high) if node.high else ""
    return f"{low}..{'=' if node.inclusive else ''}{high}"


def _block(node: Block) -> str:
    parts = [text(part) + ("" if isinstance(part, (Let, Item)) else ";") for part in node.statements]
    parts += [text(node.tail)] if node.tail else []
    inside = f"{{ {' '.join(parts)} }}" if parts else "{}"
    return _labelled(node.label, f"{node.kind} {inside}".strip())


def _if(node: If) -> str:
    return f"if {text(node.condition)} {text(node.then)}" + (f" else {text(node.otherwise)}" if node.otherwise else "")


def _arm(node: Arm) -> str:
    return f"{node.pattern.text}{' if ' + text(node.guard) if node.guard else ''} => {text(node.body)}"


def _closure(node: Closure) -> str:
    words = [word for word in (node.kind, "move" if node.move else "") if word]
    returns = f" -> {node.returns}" if node.returns else ""
    return f"{' '.join([*words, ''])}|{_list(node.parameters)}|{returns} {text(node.body)}"


def _let(node: Let) -> str:
    parts = ["let", node.pattern.text + (f": {node.type}" if node.type else "")]
    parts += ["=", text(node.value)] if node.value else []
    parts += ["else", text(node.otherwise)] if node.otherwise else []
    return " ".join(parts) + ";"


_LOOSE = (Binary, Assign, RangeOf, Closure, Return, Break)
_WRITERS: dict[type[Node], Callable[[Any], str]] = {
    Path: lambda n: n.text,
    Literal: lambda n: n.text,
    TupleLiteral: lambda n: f"({_list(n.elements)}{',' if len(n.elements) == 1 else ''})",
    ArrayLiteral: _array,
    FieldValue: _field_value,
    StructLiteral: _struct,
    Call: _call,
    MethodCall: _method,
    Macro: lambda n: f"{n.name}!({n.tokens})",
    FieldAccess: lambda n: f"{_tight(n.base)}.{n.name}",
    Index: lambda n: f"{_tight(n.base)}[{text(n.index)}]",
    Unary: lambda n: f"{n.operator}{_operand(n.operand)}",
    Reference: lambda n: f"&{n.form}{' ' if n.form else ''}{_operand(n.operand)}",
    Cast: lambda n: f"{_operand(n.operand)} as {n.type}",
    Binary: lambda n: f"{_operand(n.left, n.operator)} {n.operator} {_operand(n.right)}",
    Assign: lambda n: f"{text(n.target)} {n.operator} {text(n.value)}",
    RangeOf: _range,
    Try: lambda n: f"{_tight(n.operand)}?",
    Await: lambda n: f"{_tight(n.operand)}.await",
    Pattern: lambda n: n.text,
    Block: _block,
    LetCondition: lambda n: f"let {n.pattern.text} = {text(n.value)}",
    If: _if,
    Arm: _arm,
    Match: lambda n: f"match {text(n.scrutinee)} {{ {', '.join(map(text, n.arms))} }}",
    Loop: lambda n: _labelled(n.label, f"loop {text(n.body)}"),
    While: lambda n: _labelled(n.label, f"while {text(n.condition)} {text(n.body)}"),
    For: lambda n: _labelled(n.label, f"for {n.pattern.text} in {text(n.iterable)} {text(n.body)}"),
    Return: lambda n: _after("return", n.value),
    Break: lambda n: _after(f"break {n.label}".strip(), n.value),
    Continue: lambda n: f"continue {n.label}".strip(),
    Formal: lambda n: n.pattern.text + (f": {n.type}" if n.type and n.pattern.text != "self" else ""),
    Closure: _closure,
    Let: _let,
    Item: lambda n: f"{n.kind} {n.name};",
    Other: lambda n: n.text,
}
"""How each kind of node is written; the only list of them here."""
