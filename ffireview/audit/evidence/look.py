"""What a fact is asked about: a site, its operations, the function around, the symbols that it crosses to."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ffireview.flow import Code, Codebase, named
from ffireview.model.body import Binary, Call, Cast, FieldAccess, Index, MethodCall, Node, Reference, Unary
from ffireview.model.checklist import Evidence
from ffireview.model.facts import Operation
from ffireview.model.place import Range, Span
from ffireview.model.program import Crossing, Site

FOREIGN = "ffi-call"
_PLACES = "nodes by place"
_NUMBERS_LAST = frozenset({"raw-copy"})
_NUMBERS_BEHIND = frozenset({"slice-from-raw-parts", "vec-from-raw-parts", "string-from-raw-parts"})
_NUMBERS_ALL = frozenset({"pointer-arithmetic", "get-unchecked", "set-len", "char-from-u32-unchecked",
                          "unchecked-arithmetic"})  # fmt: skip


class Look(NamedTuple):
    """A site, and which of its operations a question is asked of (all of them, where it is asked of the site)."""

    site: Site
    operations: tuple[Operation, ...]
    code: Code | None
    codebase: Codebase
    crossings: tuple[Crossing, ...]
    """Those of the site; of an extern block, those that it declares."""

    def span(self, node: Node) -> Span:
        """The place of a node of the function around."""
        return Span.of(self.site.span.path, node.at)


Fact = Callable[[Look], Iterator[Evidence]]


class Act(NamedTuple):
    """An operation with the expression that it is."""

    operation: Operation
    node: Node


def acts(look: Look) -> list[Act]:
    """The operations that the function's body shows as expressions."""
    if look.code is None or not look.operations:
        return []
    nodes = _by_place(look.code)
    rows = ((operation, nodes.get(operation.at)) for operation in look.operations)
    return [Act(operation, _whole(look.code, node)) for operation, node in rows if node is not None]


def _whole(code: Code, node: Node) -> Node:
    """The call, where a node is what is called."""
    around = code.parent(node)
    return around if isinstance(around, Call) and around.callee is node else node


def _by_place(code: Code) -> dict[Range, Node]:
    """The outermost node at each place; built once for a function."""
    if _PLACES not in code.memory:
        code.memory[_PLACES] = {node.at: node for node in reversed(code.nodes)}
    found: dict[Range, Node] = code.memory[_PLACES]
    return found


def pointers(look: Look, act: Act) -> list[Node]:
    """The pointers that an operation is done to."""
    node = act.node
    if act.operation.id == FOREIGN:
        return [argument for argument, kind in given(look, node) if kind.lstrip().startswith("*")]
    if isinstance(node, Unary) and node.operator == "*":
        return [node.operand]
    if isinstance(node, Reference):
        return _dereferenced(node.operand)
    if isinstance(node, Cast):
        return [node.operand]
    if isinstance(node, MethodCall):
        return [node.receiver]
    if isinstance(node, Call):
        both = act.operation.id == "raw-copy"
        return list(node.arguments[: 2 if both else 1])
    return []


def numbers(look: Look, act: Act) -> list[Node]:
    """The lengths, counts, offsets and indices that an operation takes."""
    node, kind = act.node, act.operation.id
    if kind == FOREIGN:
        return [argument for argument, written in given(look, node) if is_integer(written)]
    if not isinstance(node, Call | MethodCall):
        return [node.left, node.right] if isinstance(node, Binary) and kind in _NUMBERS_ALL else []
    rows: list[Node] = list(node.arguments)
    if kind in _NUMBERS_LAST:
        return rows[-1:]
    if kind in _NUMBERS_BEHIND:
        return rows[1:]
    if kind not in _NUMBERS_ALL:
        return []
    if kind == "char-from-u32-unchecked" or isinstance(node, MethodCall):
        return rows
    return rows[1:]


def given(look: Look, node: Node) -> list[tuple[Node, str]]:
    """The arguments of a foreign call, each with the type that its parameter is declared with."""
    call = node if isinstance(node, Call) else None
    if call is None or look.code is None:
        return []
    symbol = look.code.foreign(call)
    signatures = (a.signature for c in look.crossings if c.symbol == symbol for a in c.rust if a.signature)
    signature = next(signatures, None)
    if signature is None:
        return []
    return [(argument, p.type) for argument, p in zip(call.arguments, signature.parameters, strict=False)]


def is_integer(written: str) -> bool:
    """Whether a type as written is an integer of Rust or C by its name."""
    name = written.rpartition("::")[2].strip()
    plain = name[:1] in "iu" and name[1:] in ("8", "16", "32", "64", "128", "size")
    return plain or name.endswith("size_t") or name in ("c_int", "c_uint", "c_long", "c_ulong", "c_short", "c_ushort")


def _dereferenced(node: Node) -> list[Node]:
    """What `*` is applied to in a place such as `(*p).field[0]`."""
    while isinstance(node, FieldAccess | Index):
        node = node.base
    if isinstance(node, Unary) and node.operator == "*":
        return [node.operand]
    return [node.receiver] if isinstance(node, MethodCall) and named(node, ".get") else []
