"""Signs of values that end too early, and of invariants that are broken for a while."""

from collections.abc import Iterator

from ffireview.flow import Code, calls, methods, named, outlives, owns
from ffireview.model.body import Arm, Call, Closure, For, MethodCall, Node, Path, Try
from ffireview.model.place import Range

_ADDRESSES = ("as_ptr", "as_mut_ptr", "raw", "as_raw")
_MAPS = ("map", "map_or", "and_then", "map_or_else")
_BORROWING = (".as_ref", ".as_mut", ".as_deref", ".as_deref_mut", ".iter", ".iter_mut")
_FILLS = ("write", "copy_from_slice", "copy_nonoverlapping", "copy", "write_bytes", "clone_from_slice")


def lifetime_signs(code: Code) -> Iterator[tuple[str, Range]]:
    """Pointers to what ends, lengths before bytes, ownership given up before a way out."""
    yield from _pointers(code)
    given = [*calls(code, "mem::forget", "Box::into_raw", "Arc::into_raw", "Rc::into_raw", "CString::into_raw"),
             *methods(code, "into_raw")]  # fmt: skip
    if given and code.of(Try):
        yield "given-up-before-exit", given[0].at
    for call in methods(code, "set_len"):
        before = [node for node in _made_room(code) if code.rank(node) < code.rank(call)]
        if before and not any(code.rank(before[0]) < code.rank(node) < code.rank(call) for node in _filled(code)):
            yield "length-before-bytes", call.at


def _pointers(code: Code) -> Iterator[tuple[str, Range]]:
    for pointer in methods(code, *_ADDRESSES):
        if any(owns(code, origin) is True for origin, _ in outlives(code, pointer)):
            yield "pointer-outlives", pointer.at
    for method in methods(code, *_MAPS):
        closure = method.arguments[-1] if method.arguments else None
        gives = isinstance(closure, Closure) and _is_address(closure.body)
        if gives and not named(method.receiver, *_BORROWING):
            yield "pointer-from-closure", method.at
    for arm in code.of(Arm):
        if arm.pattern.bindings and _is_address(arm.body):
            yield "pointer-from-arm", arm.at
    for loop in code.of(For):
        pushes = methods(code, "push", within=loop.body)
        if isinstance(loop.iterable, Path) and any(p.arguments and _is_address(p.arguments[0]) for p in pushes):
            yield "pointers-from-loop", loop.at


def _is_address(node: Node) -> bool:
    return isinstance(node, MethodCall) and node.name in _ADDRESSES


def _made_room(code: Code) -> list[Node]:
    made: list[Node] = list(calls(code, "with_capacity"))
    made += methods(code, "reserve", "reserve_exact")
    return sorted(made, key=code.rank)


def _filled(code: Code) -> list[Node]:
    return [*calls(code, *_FILLS), *methods(code, *_FILLS, "read", "read_exact", "read_to_end"), *_foreign(code)]


def _foreign(code: Code) -> list[Call]:
    return [call for call in code.of(Call) if code.foreign(call)]
