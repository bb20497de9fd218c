"""Calls of a function by name: what most rules start from."""

from collections.abc import Iterator

from ffireview.flow.code import Code
from ffireview.flow.paths import ends_with, plain
from ffireview.model.body import Call, Macro, MethodCall, Node, Path


def callee(node: Node) -> str:
    """What is called, without generic arguments: a path, `.method`, `name!`; empty for the call of a value."""
    if isinstance(node, Call):
        return plain(node.callee.text) if isinstance(node.callee, Path) else ""
    if isinstance(node, MethodCall):
        return f".{node.name}"
    return f"{node.name}!" if isinstance(node, Macro) else ""


def arguments(node: Node) -> tuple[Node, ...]:
    """What is given to a call; the receiver first."""
    if isinstance(node, MethodCall):
        return (node.receiver, *node.arguments)
    return node.arguments if isinstance(node, (Call, Macro)) else ()


def calls(code: Code, *suffixes: str, within: Node | None = None) -> Iterator[Call]:
    """Calls by path whose path ends in one of the suffixes: `from_raw_parts`, `CString::new`. In the order of the
    source."""
    for call in code.within(within or code.root, Call):
        if isinstance(call.callee, Path) and any(ends_with(call.callee.text, suffix) for suffix in suffixes):
            yield call


def methods(code: Code, *names: str, within: Node | None = None) -> Iterator[MethodCall]:
    """Method calls by name."""
    return (call for call in code.within(within or code.root, MethodCall) if call.name in names)


def macros(code: Code, *names: str, within: Node | None = None) -> Iterator[Macro]:
    """Macros by the last part of their name, without `!`."""
    return (m for m in code.within(within or code.root, Macro) if m.name.rsplit("::", 1)[-1] in names)


def foreign_calls(code: Code, within: Node | None = None) -> Iterator[tuple[str, Call]]:
    """Calls that cross the boundary, with their symbols."""
    for call in code.within(within or code.root, Call):
        if symbol := code.foreign(call):
            yield symbol, call


def named(node: Node, *suffixes: str) -> bool:
    """Whether a node is a call of one of these: a path by its end, or a method as `.name`."""
    if isinstance(node, Call) and isinstance(node.callee, Path):
        return any(ends_with(node.callee.text, suffix) for suffix in suffixes)
    return isinstance(node, MethodCall) and f".{node.name}" in suffixes
