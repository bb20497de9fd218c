"""Signs of what a caller of the function decides: code that runs inside, numbers that steer unsafe operations."""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Known, Source, Strength, callee, guards, last_name, origins, type_parameters, user_code
from ffireview.model.body import Call, Formal, MethodCall, Node
from ffireview.model.place import Range

CLOSURE = re.compile(r"\b(?:FnOnce|FnMut|Fn)\s*\(")
_INTEGER = re.compile(
    r"(?:usize|isize|[iu](?:8|16|32|64|128)|\w*size_t|(?:libc::)?c_\w+|(?:ops::)?Range\w*<\w+>|impl \w+.*|[A-Z])"
)
_STEERED = frozenset({
    "add", "sub", "offset", "get_unchecked", "get_unchecked_mut", "set_len", "from_raw_parts", "from_raw_parts_mut",
    "copy_nonoverlapping", "copy", "copy_to", "copy_from", "from_utf8_unchecked", "uget", "uget_mut", "set_position",
})  # fmt: skip


def caller_signs(code: Code) -> Iterator[tuple[str, Range]]:
    """What callers choose."""
    if any(map(CLOSURE.search, _written_bounds(code))):
        yield "takes-closure", code.body.at
    yield from (("callers-code", node.at) for node in code.nodes if user_code(code, node))
    if not code.body.unsafe:
        yield from _steered(code)


def _written_bounds(code: Code) -> Iterator[str]:
    own = {generic.name for generic in code.body.generics}
    for name, bounds in type_parameters(code).items():
        if name in own:
            yield from bounds
    yield from (formal.type for formal in code.body.parameters)


def _calls(code: Code) -> list[Call | MethodCall]:
    return [*code.of(Call), *code.of(MethodCall)]


def _steered(code: Code) -> Iterator[tuple[str, Range]]:
    """Unsafe operations whose numbers come from a parameter of a safe function."""
    for node in _calls(code):
        if last_name(callee(node).lstrip(".")) not in _STEERED:
            continue
        given = [formal for argument in node.arguments for formal in _parameters(code, argument)]
        if given:
            yield "steered", node.at
            if not any(_asked(code, formal, node) for formal in given):
                yield "steered-unasked", node.at


def _parameters(code: Code, value: Node) -> list[Formal]:
    """The parameters that are numbers (or of a caller's type) in an expression."""
    rows = [one for part in code.inside(value) for one in origins(code, part)]
    return [
        one.node for one in rows
        if one.source is Source.PARAMETER and isinstance(one.node, Formal) and not one.path
        and _INTEGER.fullmatch(one.node.type.strip())
    ]  # fmt: skip


def _asked(code: Code, formal: Formal, at: Node) -> bool:
    """Whether anything is known of a parameter at a place, in release builds too."""
    about = (fact for fact in guards(code, at) if fact.strength is not Strength.DEBUG and fact.known is not Known.SOME)
    return any(one.node is formal for fact in about for part in code.inside(fact.node) for one in origins(code, part))
