"""A node in, where it may panic out, and how that comes about.

Not seen: panics inside functions that are called, operators of types that overload them, drops.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from ffireview.flow.callees import user_code
from ffireview.flow.code import Code
from ffireview.flow.find import named
from ffireview.flow.guards import inside_catch_unwind
from ffireview.flow.paths import last_name
from ffireview.model.body import Binary, Call, Index, Literal, Macro, MethodCall, Node, RangeOf


class Degree(IntEnum):
    """How a panic comes about, the surest first."""

    CERTAIN = 0
    """`panic!`, `unreachable!`, `todo!`: whoever gets there panics."""
    EXPLICIT = 1
    """`unwrap`, `expect`, `assert!`: written to panic when something is not so."""
    INDEX = 2
    """An index, a slice, `split_at`, `copy_from_slice`."""
    DIVISION = 3
    """`/` or `%` by something that is no literal."""
    BORROW = 4
    """`borrow()` of a `RefCell` that is borrowed."""
    USER = 5
    """A caller's code."""
    DEBUG = 6
    """In debug builds only: `debug_assert!`, overflow of `+`, `-`, `*`."""
    ALLOCATION = 7
    """A capacity that overflows, or no memory (which aborts)."""


class Panic(NamedTuple):
    """A place that may panic."""

    degree: Degree
    node: Node


_MACROS = {
    **dict.fromkeys(("panic", "unreachable", "todo", "unimplemented"), Degree.CERTAIN),
    **dict.fromkeys(("assert", "assert_eq", "assert_ne", "assert_matches"), Degree.EXPLICIT),
    **dict.fromkeys(("debug_assert", "debug_assert_eq", "debug_assert_ne"), Degree.DEBUG),
    **dict.fromkeys(("vec", "format", "println", "eprintln", "print", "eprint"), Degree.ALLOCATION),
}
_METHODS = {
    **dict.fromkeys(("unwrap", "expect", "unwrap_err", "expect_err"), Degree.EXPLICIT),
    **dict.fromkeys(
        ("split_at", "split_at_mut", "copy_from_slice", "clone_from_slice", "swap_remove", "split_off", "copy_within",
         "drain", "chunks", "chunks_exact", "windows", "rotate_left", "rotate_right", "step_by"),
        Degree.INDEX,
    ),
    **dict.fromkeys(
        ("to_string", "to_vec", "to_owned", "collect", "reserve", "push_str", "extend_from_slice", "into_boxed_slice",
         "with_capacity", "resize", "shrink_to_fit"),
        Degree.ALLOCATION,
    ),
}  # fmt: skip
_CALLS = ("Box::new", "Vec::with_capacity", "String::from", "Rc::new", "Arc::new", "CString::new", "Vec::from")
_OPERATORS = {"+": Degree.DEBUG, "-": Degree.DEBUG, "*": Degree.DEBUG, "<<": Degree.DEBUG, ">>": Degree.DEBUG}


def panics(code: Code, nodes: Node | Iterable[Node], worst: Degree = Degree.USER) -> list[Panic]:
    """Where the nodes may panic, closures inside included, up to the degree `worst`; not what `catch_unwind` catches
    inside them."""
    roots = [nodes] if isinstance(nodes, Node) else list(nodes)
    return [found for root in roots for found in _inside(code, root, worst) if found.degree <= worst]


def may_panic(code: Code, node: Node, worst: Degree = Degree.ALLOCATION) -> Degree | None:
    """How a node may panic by itself, not by its parts. What is beyond `worst` need not be found."""
    if isinstance(node, Macro):
        return _MACROS.get(last_name(node.name))
    if isinstance(node, Index):
        full = isinstance(node.index, RangeOf) and node.index.low is None and node.index.high is None
        return None if full else Degree.INDEX
    if isinstance(node, MethodCall):
        return _method(code, node, worst)
    if isinstance(node, Binary):
        return _operator(code, node, worst)
    if isinstance(node, Call) and named(node, *_CALLS):
        return Degree.ALLOCATION
    return Degree.USER if worst >= Degree.USER and user_code(code, node) else None


def _inside(code: Code, root: Node, worst: Degree) -> Iterator[Panic]:
    outside = inside_catch_unwind(code, root)
    for node in code.inside(root):
        degree = may_panic(code, node, worst)
        if degree is not None and inside_catch_unwind(code, node) is outside:
            yield Panic(degree, node)


def _method(code: Code, node: MethodCall, worst: Degree) -> Degree | None:
    if node.name in ("borrow", "borrow_mut") and not node.arguments:
        return Degree.BORROW
    if node.name in _METHODS:
        return _METHODS[node.name]
    return Degree.USER if worst >= Degree.USER and user_code(code, node) else None


def _operator(code: Code, node: Binary, worst: Degree) -> Degree | None:
    if node.operator in ("/", "%"):
        safe = isinstance(node.right, Literal) and node.right.text.strip("0_") != ""
        return None if safe else Degree.DIVISION
    theirs = worst >= Degree.USER and user_code(code, node)
    return Degree.USER if theirs else _OPERATORS.get(node.operator)
