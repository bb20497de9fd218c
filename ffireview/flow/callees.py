"""A call in, whose code it runs out: code that a caller of the function chose, by a closure or a type.

Types are known only where they are written: at parameters, in bounds, at a `let`.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from ffireview.flow.code import Code
from ffireview.flow.definitions import definitions
from ffireview.flow.follow import origins
from ffireview.flow.locals import local_of
from ffireview.flow.origin import Origin, Source
from ffireview.flow.paths import plain
from ffireview.model.body import (
    Binary,
    Call,
    Closure,
    FieldAccess,
    For,
    Formal,
    Index,
    MethodCall,
    Node,
    Path,
    Unary,
)
from ffireview.model.facts import Bound, Generic


class Choice(StrEnum):
    """How a caller chose the code that runs."""

    CLOSURE = "closure"
    """A value of a type parameter or trait object with `Fn`, `FnMut` or `FnOnce`."""
    POINTER = "function-pointer"
    VALUE = "value"
    """A value whose type is not written here, such as a field: a closure or a function pointer."""
    METHOD = "method"
    """A method of a type parameter, of `impl Trait` or of a trait object."""
    OPERATOR = "operator"
    """An operator on values of a type parameter."""
    ITERATION = "iteration"
    """`next` of a caller's iterator, by a `for` loop."""


class UserCode(NamedTuple):
    """A call that runs code that a caller chose."""

    choice: Choice
    node: Node
    name: str
    """The parameter, field, method or type by which it was chosen."""


_CALLABLE = re.compile(r"\b(?:Fn|FnMut|FnOnce|AsyncFn|AsyncFnMut|AsyncFnOnce)\s*\(")
_FN_POINTER = re.compile(r"(?:^|[<&\s])(?:unsafe\s+)?(?:extern\s*(?:\"[^\"]*\"\s*)?)?fn\s*\(")
_CHOSEN = re.compile(r"\b(?:impl|dyn)\s+(?!Fn|FnMut|FnOnce)[\w:]+")
_WORD = re.compile(r"[A-Za-z_]\w*")
_PLAIN = frozenset({
    "as_ptr", "as_mut_ptr", "len", "is_empty", "is_null", "unwrap", "expect", "is_some", "is_none", "take", "cast",
    "as_mut", "get", "get_mut", "iter", "iter_mut", "push", "add", "sub", "offset", "read", "write", "capacity", "ok",
    "set_len", "unwrap_or", "map", "and_then", "ok_or", "lock", "as_slice", "as_mut_slice", "swap", "copied",
})  # fmt: skip
"""Methods that wrappers such as `Vec<T>`, `Option<T>` and `*mut T` answer themselves, whatever `T` is."""


def user_code(code: Code, node: Node) -> UserCode | None:
    """The caller's code that a node runs by itself, if any: not what runs inside its parts."""
    if not isinstance(node, (Call, MethodCall, For, Binary)):
        return None
    known: dict[int, UserCode | None] = code.memory.setdefault("user_code", {})
    if id(node) not in known:
        known[id(node)] = _user_code(code, node)
    return known[id(node)]


def _user_code(code: Code, node: Call | MethodCall | For | Binary) -> UserCode | None:
    if isinstance(node, Call):
        return _call(code, node)
    if isinstance(node, MethodCall):
        return _method(code, node)
    if isinstance(node, For):
        return _loop(code, node)
    if node.operator not in ("&&", "||"):
        chosen = _chosen_type(code, node.left) or _chosen_type(code, node.right)
        return UserCode(Choice.OPERATOR, node, chosen) if chosen else None
    return None


def user_calls(code: Code, nodes: list[Node]) -> list[UserCode]:
    """Every run of a caller's code inside the nodes."""
    return [found for node in nodes for part in code.inside(node) if (found := user_code(code, part))]


def type_parameters(code: Code) -> dict[str, tuple[str, ...]]:
    """The type parameters in scope with all their bounds, those of the impl included; `Self` in a trait."""
    known: dict[str, tuple[str, ...]] | None = code.memory.get("type_parameters")
    if known is None:
        body = code.body
        around = body.implements
        known = _bounds(around.generics, around.where) if around else {}
        known |= _bounds(body.generics, body.where, known)
        if body.trait:
            known["Self"] = (body.trait,)
        code.memory["type_parameters"] = known
    return known


def _bounds(
    generics: tuple[Generic, ...], where: tuple[Bound, ...], outer: dict[str, tuple[str, ...]] | None = None
) -> dict[str, tuple[str, ...]]:
    found = dict(outer or {}) | {g.name: g.bounds for g in generics if g.kind == "type"}
    for line in where:
        if line.subject in found:
            found[line.subject] += line.bounds
    return found


def _call(code: Code, node: Call) -> UserCode | None:
    called = node.callee
    if isinstance(called, Path):
        if local_of(code, called) is not None:
            return _value(code, node, called, called.text)
        head, _, rest = plain(called.text).partition("::")
        if rest and head in type_parameters(code):
            return UserCode(Choice.METHOD, node, head)
        return None
    if isinstance(called, (FieldAccess, Index, Unary)):
        name = called.name if isinstance(called, FieldAccess) else ""
        return _value(code, node, called, name)
    return None


def _value(code: Code, node: Call, called: Node, name: str) -> UserCode | None:
    """The call of a value: nothing is chosen when it is a closure or function of this function's own."""
    found = origins(code, called)
    if found and all(isinstance(one.node, Closure) or one.source is Source.ITEM for one in found):
        return None
    written = " ".join(_written(code, one) for one in found)
    if _CALLABLE.search(written):
        return UserCode(Choice.CLOSURE, node, name)
    return UserCode(Choice.POINTER if _FN_POINTER.search(written) else Choice.VALUE, node, name)


def _written(code: Code, found: Origin) -> str:
    """The type of a parameter as written, with the bounds of the type parameters in it."""
    if not isinstance(found.node, Formal):
        return ""
    known = type_parameters(code)
    bounds = [bound for word in _WORD.findall(found.node.type) for bound in known.get(word, ())]
    return " ".join((found.node.type, *bounds))


def _method(code: Code, node: MethodCall) -> UserCode | None:
    chosen = _chosen_type(code, node.receiver)
    if chosen and not (node.name in _PLAIN and not _is_bare(code, node.receiver, chosen)):
        return UserCode(Choice.METHOD, node, chosen)
    return None


def _loop(code: Code, node: For) -> UserCode | None:
    chosen = _chosen_type(code, node.iterable)
    return UserCode(Choice.ITERATION, node, chosen) if chosen else None


def _chosen_type(code: Code, node: Node) -> str:
    """The type parameter or trait object that the value of an expression is of, as a whole; empty for all else."""
    for found in origins(code, node):
        written = _type_of(found)
        if not written or any(part not in ("*", "item", "inner") for part in found.path):
            continue
        bare = _without_borrow(written)
        if bare in type_parameters(code) or _CHOSEN.match(_unboxed(bare)):
            return bare
    return ""


def _type_of(found: Origin) -> str:
    if isinstance(found.node, Formal) and found.source is Source.PARAMETER:
        return found.node.type
    return ""


def _is_bare(code: Code, receiver: Node, chosen: str) -> bool:
    """Whether the receiver is a value of the type parameter itself, by its bounds one with methods."""
    return bool(type_parameters(code).get(chosen)) and isinstance(receiver, Path) and bool(definitions(code, receiver))


def _without_borrow(written: str) -> str:
    return re.sub(r"^(?:&\s*(?:'\w+\s*)?(?:mut\s+)?)+", "", written.strip())


def _unboxed(written: str) -> str:
    found = re.match(r"^(?:Box|Rc|Arc|Pin)\s*<\s*(?:&\s*(?:mut\s+)?)?(.*)>$", written)
    return _unboxed(found[1]) if found else written
