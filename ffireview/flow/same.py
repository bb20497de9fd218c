"""Two expressions in, out whether they have the same value: the same definition, by the same way.

Copies, casts and references to what is pointed to do not count. A method of one name on the same value gives the same
value: `v.len()` here is `v.len()` there, whatever ran between.
"""

from typing import Any

from ffireview.flow.code import Code
from ffireview.flow.definitions import Definition, How, definitions
from ffireview.flow.locals import local_of
from ffireview.flow.paths import last_name, plain
from ffireview.flow.walk import parts
from ffireview.model.body import (
    Binary,
    Block,
    Call,
    Cast,
    FieldAccess,
    Index,
    Literal,
    Macro,
    MethodCall,
    Node,
    Path,
    Reference,
    Try,
    Unary,
)

DEPTH = 24
_ALIKE = frozenset({
    "cast", "cast_mut", "cast_const", "as_ptr", "as_mut_ptr", "into", "unwrap", "expect", "try_into", "clone",
    "to_owned",
    "copied", "cloned", "addr", "as_mut", "as_ref", "as_deref", "unwrap_or_default", "ok",
})  # fmt: skip
"""Methods that make no difference to what is asked about a value: is it null, is it bounded."""
_PASSING = frozenset({
    "Some", "Ok", "try_from", "usize::from", "u32::from", "u64::from", "i64::from", "NonNull::new",
    "NonNull::new_unchecked",
})  # fmt: skip

Key = tuple[Any, ...]


def same(code: Code, one: Node, other: Node) -> bool:
    """Whether two expressions are certain enough to have the same value."""
    return key(code, one) == key(code, other)


def key(code: Code, node: Node) -> Key:
    """What stands for the value of an expression: equal keys, equal values."""
    known: dict[int, Key] = code.memory.setdefault("keys", {})
    if id(node) not in known:
        known[id(node)] = _key(code, node, DEPTH)
    return known[id(node)]


def _key(code: Code, node: Node, fuel: int) -> Key:
    node = _stripped(node)
    if not fuel:
        return ("node", id(node))
    if isinstance(node, Path):
        return _path(code, node, fuel)
    if isinstance(node, FieldAccess):
        return ("field", _key(code, node.base, fuel - 1), node.name, _field_versions(code, node))
    if isinstance(node, Literal):
        return ("literal", node.text.replace("_", ""))
    if isinstance(node, MethodCall):
        given = tuple(_key(code, part, fuel - 1) for part in (node.receiver, *node.arguments))
        return ("method", node.name, *given)
    if isinstance(node, Call) and isinstance(node.callee, Path):
        return ("call", plain(node.callee.text), *(_key(code, part, fuel - 1) for part in node.arguments))
    if isinstance(node, (Binary, Unary)):
        return (node.operator, *(_key(code, part, fuel - 1) for part in parts(node)))
    if isinstance(node, Index):
        return ("index", _key(code, node.base, fuel - 1), _key(code, node.index, fuel - 1))
    return ("node", id(node))


def _stripped(node: Node) -> Node:
    """The value without what makes no difference to it."""
    while True:
        if isinstance(node, (Cast, Try)):
            node = node.operand
        elif isinstance(node, Reference) and isinstance(node.operand, Unary) and node.operand.operator == "*":
            node = node.operand.operand
        elif isinstance(node, MethodCall) and node.name in _ALIKE:
            node = node.receiver
        elif isinstance(node, Call) and len(node.arguments) == 1 and _passes(node):
            node = node.arguments[0]
        elif isinstance(node, Block) and not node.statements and node.tail is not None:
            node = node.tail
        elif isinstance(node, Macro) and len(node.arguments) == 1 and last_name(node.name) in ("ready", "try"):
            node = node.arguments[0]
        else:
            return node


def _passes(call: Call) -> bool:
    if not isinstance(call.callee, Path):
        return False
    segments = plain(call.callee.text).split("::")
    return segments[-1] in _PASSING or "::".join(segments[-2:]) in _PASSING


def _path(code: Code, node: Path, fuel: int) -> Key:
    local = local_of(code, node)
    if local is None:
        return ("item", plain(node.text))
    found = definitions(code, node)
    if len(found) == 1 and (copied := _copied(found[0])) is not None:
        return _key(code, copied, fuel - 1)
    return ("local", local.key, frozenset(id(d.node) for d in found))


def _copied(found: Definition) -> Node | None:
    """The expression whose whole value a definition takes, as it is or out of `Some` or `Ok`."""
    whole = not found.path or found.path in (("Some", "0"), ("Ok", "0"))
    return found.value if whole and found.how in (How.LET, How.ASSIGNED, How.MATCHED) else None


def _field_versions(code: Code, node: FieldAccess) -> frozenset[int]:
    """Where the field itself may have been written: two readings before and after such a place differ."""
    return frozenset(id(d.node) for d in definitions(code, node) if d.how in (How.ASSIGNED, How.CHANGED, How.LENT))
