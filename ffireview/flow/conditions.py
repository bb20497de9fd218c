"""A condition in, out what is known where it holds, or where it does not: facts about a value."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from ffireview.flow.code import Code
from ffireview.flow.find import named
from ffireview.flow.paths import last_name
from ffireview.model.body import Binary, Block, Call, Cast, LetCondition, Literal, Macro, MethodCall, Node, Path, Unary


class Known(StrEnum):
    """What a fact says of its subject."""

    NON_NULL = "non-null"
    NULL = "null"
    COMPARED = "compared"
    """`subject operator other`."""
    SOME = "some"
    """Is `Some` or `Ok`."""
    NONE = "none"
    """Is `None` or `Err`."""
    EMPTY = "empty"
    NOT_EMPTY = "not-empty"
    ALIGNED = "aligned"
    MATCHES = "matches"
    """Matches the pattern `text`."""
    NOT_MATCHES = "not-matches"
    TRUE = "true"
    """The condition as a whole, where it says none of the above."""
    FALSE = "false"


class Strength(StrEnum):
    """When a fact is made sure of."""

    ALWAYS = "always"
    DEBUG = "debug"
    """In debug builds only (`debug_assert!`)."""
    ASKED = "asked"
    """By a macro or function that seems to check its argument; what it does is not known."""


class Fact(NamedTuple):
    """What is known of a value."""

    known: Known
    subject: Node
    node: Node
    """The condition, pattern or check that says so."""
    operator: str = ""
    other: Node | None = None
    text: str = ""
    strength: Strength = Strength.ALWAYS


_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_METHODS = {
    "is_null": (Known.NULL, Known.NON_NULL),
    "is_some": (Known.SOME, Known.NONE),
    "is_ok": (Known.SOME, Known.NONE),
    "is_none": (Known.NONE, Known.SOME),
    "is_err": (Known.NONE, Known.SOME),
    "is_empty": (Known.EMPTY, Known.NOT_EMPTY),
    "is_aligned": (Known.ALIGNED, Known.FALSE),
    "is_aligned_to": (Known.ALIGNED, Known.FALSE),
    "is_some_and": (Known.SOME, Known.FALSE),
    "is_ok_and": (Known.SOME, Known.FALSE),
}
"""What a method says of its receiver when it is true, and when it is false."""
_NULLS = ("ptr::null", "ptr::null_mut", "null", "null_mut")
_CHECKED = ("as_ref", "as_mut", "as_uninit_ref", "as_uninit_mut")
"""Methods of a raw pointer that are `Some` when it is not null."""


def facts(code: Code, condition: Node, *, holds: bool = True) -> Iterator[Fact]:
    """What is known where a condition holds, or where it does not."""
    condition = _bare(condition)
    if isinstance(condition, Unary) and condition.operator == "!":
        yield from facts(code, condition.operand, holds=not holds)
    elif isinstance(condition, Binary) and condition.operator in ("&&", "||"):
        if (condition.operator == "&&") is holds:
            yield from facts(code, condition.left, holds=holds)
            yield from facts(code, condition.right, holds=holds)
        else:
            yield Fact(Known.TRUE if holds else Known.FALSE, condition, condition)
    elif isinstance(condition, Binary) and condition.operator in _OPPOSITE:
        yield from _compared(code, condition, holds)
    elif isinstance(condition, MethodCall) and condition.name in _METHODS:
        yield from _asked(condition, holds)
    elif isinstance(condition, LetCondition):
        yield from matched(condition.value, condition.pattern.text, condition, holds=holds)
    elif isinstance(condition, Macro) and last_name(condition.name) == "matches" and condition.arguments:
        text = condition.tokens.partition(",")[2].strip()
        yield from matched(condition.arguments[0], text, condition, holds=holds)
    else:
        yield Fact(Known.TRUE if holds else Known.FALSE, condition, condition)


def matched(value: Node, pattern: str, node: Node, *, holds: bool = True) -> Iterator[Fact]:
    """What is known of a value that matches a pattern, or does not."""
    known = _opens(pattern)
    if isinstance(value, MethodCall) and value.name in _METHODS and pattern in ("true", "false"):
        yield from _asked(value, holds is (pattern == "true"))
    elif known is not None:
        yield from opened(value, node, some=(known is Known.SOME) is holds)
    elif pattern not in ("_", ""):
        yield Fact(Known.MATCHES if holds else Known.NOT_MATCHES, value, node, text=pattern)


def opened(value: Node, node: Node, *, some: bool) -> Iterator[Fact]:
    """What is known where a value is `Some` or `Ok`, or is not: also of the pointer that it was made of."""
    yield Fact(Known.SOME if some else Known.NONE, value, node)
    null = Known.NON_NULL if some else Known.NULL
    inner = _bare(value)
    while isinstance(inner, MethodCall) and inner.name in ("ok_or", "ok_or_else", "map", "expect", "ok"):
        inner = inner.receiver
    if named(inner, "NonNull::new") and isinstance(inner, Call) and inner.arguments:
        yield Fact(null, inner.arguments[0], node)
    elif isinstance(inner, MethodCall) and inner.name in _CHECKED and not inner.arguments:
        yield Fact(null, inner.receiver, node)


def _opens(pattern: str) -> Known | None:
    name = pattern.partition("(")[0].rsplit("::", 1)[-1].strip()
    if name in ("Some", "Ok") and "|" not in pattern:
        return Known.SOME
    return Known.NONE if name in ("None", "Err") and "|" not in pattern else None


def _asked(call: MethodCall, holds: bool) -> Iterator[Fact]:
    known = _METHODS[call.name][0 if holds else 1]
    if known in (Known.SOME, Known.NONE):
        yield from opened(call.receiver, call, some=known is Known.SOME)
    else:
        yield Fact(known, call.receiver if known is not Known.FALSE else call, call)


def _compared(code: Code, condition: Binary, holds: bool) -> Iterator[Fact]:
    operator = condition.operator if holds else _OPPOSITE[condition.operator]
    for subject, sign, other in (
        (condition.left, operator, condition.right),
        (condition.right, _MIRRORED[operator], condition.left),
    ):
        yield Fact(Known.COMPARED, subject, condition, sign, other)
        yield from _meaning(subject, sign, _bare(other), condition)


def _meaning(subject: Node, sign: str, other: Node, condition: Binary) -> Iterator[Fact]:
    """What a comparison with a constant says besides."""
    equal = sign == "=="
    bare = _bare(subject)
    if sign in ("==", "!=") and _is_null(other):
        yield Fact(Known.NULL if equal else Known.NON_NULL, subject, condition)
    elif isinstance(other, Path) and last_name(other.text) == "None" and sign in ("==", "!="):
        yield from opened(subject, condition, some=not equal)
    elif isinstance(other, Literal) and other.text in ("true", "false") and sign in ("==", "!="):
        if isinstance(bare, MethodCall) and bare.name in _METHODS:
            yield from _asked(bare, (other.text == "true") is equal)
    elif isinstance(other, Literal) and other.text.startswith("0"):
        yield from _against_zero(bare, sign, condition)


def _against_zero(subject: Node, sign: str, condition: Binary) -> Iterator[Fact]:
    if isinstance(subject, MethodCall) and subject.name in ("len", "count"):
        if sign in ("==", "<="):
            yield Fact(Known.EMPTY, subject.receiver, condition)
        elif sign in ("!=", ">"):
            yield Fact(Known.NOT_EMPTY, subject.receiver, condition)
    elif isinstance(subject, MethodCall) and subject.name == "addr":
        yield Fact(Known.NULL if sign == "==" else Known.NON_NULL, subject.receiver, condition)
    elif isinstance(subject, MethodCall) and subject.name == "align_offset" and sign == "==":
        yield Fact(Known.ALIGNED, subject.receiver, condition)
    elif isinstance(subject, Cast) and subject.type == "usize" and sign in ("==", "!=", ">"):
        yield Fact(Known.NULL if sign == "==" else Known.NON_NULL, subject.operand, condition)
    elif isinstance(subject, Binary) and subject.operator in ("%", "&") and sign == "==":
        yield Fact(Known.ALIGNED, subject.left, condition)


def _is_null(node: Node) -> bool:
    if isinstance(node, Cast) and node.type.startswith("*") and isinstance(node.operand, Literal):
        return node.operand.text.startswith("0")
    return isinstance(node, Call) and not node.arguments and named(node, *_NULLS)


def _bare(node: Node) -> Node:
    """The expression without a block around it."""
    while isinstance(node, Block) and not node.statements and node.tail is not None:
        node = node.tail
    return node
