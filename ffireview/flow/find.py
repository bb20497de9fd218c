"""Calls of a function by name: what most rules start from."""

from collections import defaultdict
from collections.abc import Iterator
from typing import cast

from ffireview.flow.code import Code
from ffireview.flow.paths import ends_with, last_name, plain
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
    known = _by_last_name(code)
    found = {
        code.rank(call): call
        for suffix in suffixes
        for call in known.get(suffix.rpartition("::")[2], ())
        if isinstance(call.callee, Path) and ends_with(call.callee.text, suffix)
    }
    first, end = code.span(within or code.root)
    return (found[rank] for rank in sorted(found) if first <= rank < end)


def _by_last_name(code: Code) -> dict[str, list[Call]]:
    """Calls by path of a function by what they call: sixty rules ask, and most names are not there."""
    if _by_last_name not in code.memory:
        known: dict[str, list[Call]] = defaultdict(list)
        for call in code.of(Call):
            if isinstance(call.callee, Path):
                known[last_name(call.callee.text)].append(call)
        code.memory[_by_last_name] = dict(known)
    return cast(dict[str, list[Call]], code.memory[_by_last_name])


def methods(code: Code, *names: str, within: Node | None = None) -> Iterator[MethodCall]:
    """Method calls by name."""
    return (call for call in code.within(within or code.root, MethodCall) if call.name in names)


def macros(code: Code, *names: str, within: Node | None = None) -> Iterator[Macro]:
    """Macros by the last part of their name, without `!`."""
    return (m for m in code.within(within or code.root, Macro) if m.name.rsplit("::", 1)[-1] in names)


def foreign_calls(code: Code, within: Node | None = None) -> Iterator[tuple[str, Call]]:
    """Calls that cross the boundary, with their symbols."""
    if foreign_calls not in code.memory:
        code.memory[foreign_calls] = [(symbol, call) for call in code.of(Call) if (symbol := code.foreign(call))]
    first, end = code.span(within or code.root)
    return ((symbol, call) for symbol, call in code.memory[foreign_calls] if first <= code.rank(call) < end)


def named(node: Node, *suffixes: str) -> bool:
    """Whether a node is a call of one of these: a path by its end, or a method as `.name`."""
    if isinstance(node, Call) and isinstance(node.callee, Path):
        return any(ends_with(node.callee.text, suffix) for suffix in suffixes)
    return isinstance(node, MethodCall) and f".{node.name}" in suffixes
