"""A name in, the local that it means out, by Rust's scopes; and every place where a local is used or written."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from ffireview.flow.code import Code
from ffireview.model.body import (
    Arm,
    Assign,
    Binary,
    Binding,
    Block,
    Closure,
    FieldAccess,
    For,
    Formal,
    If,
    Index,
    Let,
    LetCondition,
    Macro,
    MethodCall,
    Node,
    Path,
    Pattern,
    Reference,
    TupleLiteral,
    Unary,
    While,
)

Holder: TypeAlias = Formal | Let | LetCondition | Arm | For
Key: TypeAlias = tuple[int, str]


class Local(NamedTuple):
    """A local variable: the name, how its pattern binds it, and the node that holds the pattern."""

    name: str
    binding: Binding
    holder: Holder

    @property
    def key(self) -> Key:
        """What tells it from all others, shadowed ones included."""
        return id(self.holder), self.name


def local_of(code: Code, node: Node | None) -> Local | None:
    """The local that a path names; None for items, and for what is no single name."""
    if not isinstance(node, Path) or "::" in node.text or node.text[:1].isupper():
        return None
    known: dict[int, Local | None] = code.memory.setdefault("locals", {})
    if id(node) not in known:
        known[id(node)] = _find(code, node, node.text)
    return known[id(node)]


def root_of(code: Code, node: Node) -> tuple[Local, tuple[str, ...]] | None:
    """The local that a place is part of, and the fields that lead to the part: `x.a.0` is part of `x`. A dereference
    leaves the local: `(*p).a` is no part of `p`; nor is an element."""
    path: list[str] = []
    while isinstance(node, FieldAccess):
        path.append(node.name)
        node = node.base
    local = local_of(code, node)
    return (local, tuple(reversed(path))) if local else None


def uses(code: Code, local: Local) -> list[Path]:
    """Every place that names the local, in order."""
    return _index(code)[local.key]


Writer: TypeAlias = Assign | Reference | Macro | MethodCall
ELEMENT = "[]"
"""The step of a path to an element, or to what a pointer points to."""
_LENDS = frozenset({"as_mut_ptr", "as_mut_slice", "as_mut_bytes", "iter_mut", "as_mut_ptr_range", "get_mut"})
"""Methods that let others write what is inside their receiver."""


class Write(NamedTuple):
    """A place that may give a local another value: an assignment, or a reference that lets others write."""

    node: Writer
    path: tuple[str, ...]
    """The fields that are written, `[]` for an element; empty for the whole local."""
    whole: bool
    """Whether the part is replaced, and not only changed or lent."""


def writes(code: Code, local: Local) -> list[Write]:
    """Every write of a local or of part of it, in order."""
    found: dict[Key, list[Write]] | None = code.memory.get("writes")
    if found is None:
        found = code.memory["writes"] = _writes(code)
    return found.get(local.key, [])


def parameters(code: Code) -> Iterator[Local]:
    """The locals that the function's parameters bind."""
    for formal in code.body.parameters:
        for binding in formal.pattern.bindings:
            yield Local(binding.name, binding, formal)


def _find(code: Code, node: Node, name: str) -> Local | None:
    for outer, inner in code.around(node):
        for holder, pattern in _in_scope(outer, inner):
            if found := _bound(holder, pattern, name):
                return found
    for formal in reversed(code.body.parameters):
        if found := _bound(formal, formal.pattern, name):
            return found
    return None


def _bound(holder: Holder, pattern: Pattern, name: str) -> Local | None:
    return next((Local(name, b, holder) for b in pattern.bindings if b.name == name), None)


def _in_scope(outer: Node, inner: Node) -> Iterator[tuple[Holder, Pattern]]:
    """The patterns of `outer` whose names `inner` sees, the nearest first."""
    if isinstance(outer, Block):
        yield from _lets(outer, inner)
    elif isinstance(outer, Arm) and inner is not outer.pattern:
        yield outer, outer.pattern
    elif (isinstance(outer, If) and inner is outer.then) or (isinstance(outer, While) and inner is outer.body):
        yield from _conditions(outer.condition)
    elif isinstance(outer, Binary) and outer.operator == "&&" and inner is outer.right:
        yield from _conditions(outer.left)
    elif isinstance(outer, For) and inner is outer.body:
        yield outer, outer.pattern
    elif isinstance(outer, Closure) and inner is outer.body:
        yield from ((formal, formal.pattern) for formal in reversed(outer.parameters))


def _lets(block: Block, inner: Node) -> Iterator[tuple[Holder, Pattern]]:
    """The `let`s before a statement, the last first."""
    before = []
    for statement in block.statements:
        if statement is inner:
            break
        if isinstance(statement, Let):
            before.append(statement)
    return ((let, let.pattern) for let in reversed(before))


def _conditions(node: Node) -> Iterator[tuple[Holder, Pattern]]:
    """The `let`s of a condition that holds, the last first."""
    if isinstance(node, LetCondition):
        yield node, node.pattern
    elif isinstance(node, Binary) and node.operator == "&&":
        yield from _conditions(node.right)
        yield from _conditions(node.left)


def _index(code: Code) -> dict[Key, list[Path]]:
    found: dict[Key, list[Path]] | None = code.memory.get("uses")
    if found is None:
        found = code.memory["uses"] = defaultdict(list)
        for path in code.of(Path):
            if local := local_of(code, path):
                found[local.key].append(path)
    return found


def _writes(code: Code) -> dict[Key, list[Write]]:
    found: dict[Key, list[Write]] = defaultdict(list)
    nodes: list[Writer] = [*code.of(Assign), *code.of(Reference), *code.of(Macro), *code.of(MethodCall)]
    for node in sorted(nodes, key=code.rank):
        for target in _targets(node):
            place, inner = _place(target)
            inner = inner or isinstance(node, MethodCall)
            if root := root_of(code, place):
                whole = isinstance(node, Assign) and node.operator == "="
                found[root[0].key].append(Write(node, (*root[1], ELEMENT) if inner else root[1], whole))
    return found


def _targets(node: Writer) -> tuple[Node, ...]:
    if isinstance(node, Assign):
        return node.target.elements if isinstance(node.target, TupleLiteral) else (node.target,)
    if isinstance(node, Reference):
        return (node.operand,) if "mut" in node.form else ()
    if isinstance(node, MethodCall):
        return (node.receiver,) if node.name in _LENDS else ()
    return node.arguments[:1] if node.name.endswith("addr_of_mut") else ()


def _place(node: Node) -> tuple[Node, bool]:
    """The place without indices, and whether there were any."""
    inner = False
    while isinstance(node, Index):
        node, inner = node.base, True
    return node, inner


def is_deref(node: Node) -> bool:
    """`*operand`."""
    return isinstance(node, Unary) and node.operator == "*"
