"""An expression in, out the type that its place asks for, as written: at a `let`, and as what the function
returns. Nothing is inferred from how the value is used later.
"""

from ffireview.flow.code import Code
from ffireview.model.body import Block, Call, Let, MethodCall, Node, Return


def expected_type(code: Code, node: Node) -> str:
    """The type that is written where a value goes; empty where none is."""
    inner: Node = node
    for outer in code.ancestors(node):
        if isinstance(outer, Block):
            if outer.tail is not inner:
                return ""
            inner = outer
            continue
        if isinstance(outer, Let):
            return outer.type if outer.value is inner else ""
        if isinstance(outer, Return):
            return _returned(code, node)
        return ""
    return _returned(code, node)


def turbofish(call: Call | MethodCall) -> tuple[str, ...]:
    """The generic arguments that are written at a call: `u32` and `State` of `transmute::<u32, State>(x)`."""
    return tuple(part for part in split_arguments(call.turbofish.strip()[1:-1]) if part)


def split_arguments(written: str) -> list[str]:
    """Generic arguments apart, at the commas outside brackets."""
    found, depth, start = [], 0, 0
    for i, char in enumerate(written):
        if char in "<([":
            depth += 1
        elif char in ">)]" and written[i - 1 : i] != "-":
            depth -= 1
        elif char == "," and not depth:
            found.append(written[start:i].strip())
            start = i + 1
    return [*found, written[start:].strip()]


def _returned(code: Code, node: Node) -> str:
    if code.closure_around(node) is not None:
        return ""
    own = code.body.implements.type if code.body.implements else ""
    return own if code.body.returns == "Self" else code.body.returns
