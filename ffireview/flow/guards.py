"""A place in, out what is known there: every condition that has held whenever the place is reached.

`guards` tells them all; `facts_about` those about one value, without facts about a value that was changed since.
What a condition before a loop says counts inside the loop.
"""

import re
from collections.abc import Iterator

from ffireview.flow.code import Code
from ffireview.flow.conditions import Fact, Known, Strength, facts, matched, opened
from ffireview.flow.find import callee, named
from ffireview.flow.follow import origins
from ffireview.flow.order import before, diverges
from ffireview.flow.paths import last_name
from ffireview.flow.same import same
from ffireview.flow.walk import parts
from ffireview.model.body import (
    Arm,
    Binary,
    Block,
    Call,
    Closure,
    For,
    If,
    Let,
    LetCondition,
    Loop,
    Macro,
    Match,
    MethodCall,
    Node,
    Path,
    RangeOf,
    Try,
    While,
)

_ASSERTS = {"assert": Strength.ALWAYS, "debug_assert": Strength.DEBUG, "ensure": Strength.ALWAYS,
            "const_assert": Strength.ALWAYS, "assert_unchecked": Strength.ASKED}  # fmt: skip
_COMPARES = {"assert_eq": "==", "assert_ne": "!=", "debug_assert_eq": "==", "debug_assert_ne": "!=", "ensure_eq": "=="}
_CHECKS = ("check", "assert", "ensure", "require", "valid", "verify", "null", "bail", "guard")
"""Parts of the names of macros and functions that seem to check what they are given."""
_UNWRAPS = ("unwrap", "expect")

_CATCHING = re.compile(
    r"catch_(?:unwind|panic)|panic_(?:boundary|barrier|guard)|(?:handle|wrap|guard|abort_on|stop)_(?:panic|unwind)"
)
"""Names of macros that catch panics, as crates call them."""


def guards(code: Code, at: Node) -> list[Fact]:
    """What is known when a place is reached, the nearest first."""
    known: dict[int, list[Fact]] = code.memory.setdefault("guards", {})
    found: list[Fact] = []
    for outer, inner in code.around(at):
        if id(inner) not in known:
            known[id(inner)] = _from_above(code, outer, inner)
        found += known[id(inner)]
    return found


def facts_about(code: Code, subject: Node, at: Node, *known: Known) -> list[Fact]:
    """What is known of a value at a place; only the given kinds of facts, if any are given."""
    return [
        fact for fact in guards(code, at) if (not known or fact.known in known) and same(code, fact.subject, subject)
    ]


def null_checked(code: Code, subject: Node, at: Node) -> list[Fact]:
    """The checks that make sure that a pointer is not null at a place. Those of debug builds, and those of unknown
    macros, have another `strength` than `ALWAYS`."""
    return facts_about(code, subject, at, Known.NON_NULL)


def bounded(code: Code, subject: Node, at: Node) -> list[Fact]:
    """What bounds a number from above at a place: a comparison, an iteration over a range, a `get` that gave
    something, or its own making (`min`, `%`, `&`)."""
    found = [
        fact
        for fact in guards(code, at)
        if (fact.known is Known.COMPARED and fact.operator in ("<", "<=", "==") and same(code, fact.subject, subject))
        or (fact.known is Known.SOME and _asks_for(code, fact.subject, subject))
        or (fact.strength is Strength.ASKED and same(code, fact.subject, subject))
    ]
    return [*found, *_made_small(code, subject)]


def inside_catch_unwind(code: Code, at: Node) -> Call | Macro | None:
    """The call of `catch_unwind`, or of a function of the crate that calls it, whose closure holds a place; a macro
    whose name says that it is one."""
    for outer, inner in code.around(at):
        if isinstance(outer, Call) and isinstance(inner, (Closure, Call)) and _catches(code, outer):
            return outer
        if isinstance(outer, Macro) and _CATCHING.search(outer.name):
            return outer
    return None


def catches_unwinding(code: Code) -> bool:
    """Whether a function catches panics anywhere."""
    by_call = any(_catches(code, call) for call in code.of(Call))
    return by_call or any(_CATCHING.search(macro.name) for macro in code.of(Macro))


def _catches(code: Code, call: Call) -> bool:
    return named(call, "catch_unwind") or last_name(callee(call)) in code.catching


def established(code: Code, node: Node) -> Iterator[Fact]:
    """What is known once a node has run to its end: it did not return, panic or break off before."""
    match node:
        case If():
            yield from _after_if(code, node)
        case Match():
            yield from _after_match(code, node)
        case Let():
            yield from _after_let(code, node)
        case Try():
            yield from opened(node.operand, node, some=True)
            yield from _seems_checked(node.operand)
            yield from established(code, node.operand)
        case Macro():
            yield from _after_macro(code, node)
        case While():
            yield from _evaluated(code, node.condition)
        case For():
            yield from established(code, node.iterable)
        case Loop() | Closure() | Arm():
            return
        case Binary(operator="&&" | "||"):
            yield from established(code, node.left)
        case MethodCall() if node.name in _UNWRAPS:
            yield from opened(node.receiver, node, some=True)
            yield from established(code, node.receiver)
        case Block() if node.kind.startswith(("async", "gen", "try")):
            return
        case _:
            for part in parts(node):
                yield from established(code, part)


def _from_above(code: Code, outer: Node, inner: Node) -> list[Fact]:
    """What is known in a part of a node because of where it stands there."""
    found: list[Fact] = []
    for part in before(outer, inner):
        found.extend(_known_after(code, part))
    if isinstance(outer, If) and inner is not outer.condition:
        found.extend(facts(code, outer.condition, holds=inner is outer.then))
    elif isinstance(outer, While) and inner is outer.body:
        found.extend(facts(code, outer.condition))
    elif isinstance(outer, Binary) and outer.operator in ("&&", "||") and inner is outer.right:
        found.extend(facts(code, outer.left, holds=outer.operator == "&&"))
    elif isinstance(outer, Match) and isinstance(inner, Arm):
        found.extend(_in_arm(code, outer, inner))
    elif isinstance(outer, Arm) and inner is outer.body and outer.guard is not None:
        found.extend(facts(code, outer.guard))
    elif isinstance(outer, For) and inner is outer.body:
        found.extend(_in_range(code, outer))
    elif isinstance(outer, MethodCall) and outer.name == "then" and isinstance(inner, Closure):
        found.extend(facts(code, outer.receiver))
    return found[::-1]


def _known_after(code: Code, node: Node) -> list[Fact]:
    known: dict[int, list[Fact]] = code.memory.setdefault("established", {})
    if id(node) not in known:
        known[id(node)] = list(established(code, node))
    return known[id(node)]


def _evaluated(code: Code, condition: Node) -> Iterator[Fact]:
    """What is known once a condition was asked, whatever the answer."""
    if isinstance(condition, Binary) and condition.operator in ("&&", "||"):
        yield from _evaluated(code, condition.left)
    elif isinstance(condition, LetCondition):
        yield from established(code, condition.value)
    else:
        yield from established(code, condition)


def _after_if(code: Code, node: If) -> Iterator[Fact]:
    yield from _evaluated(code, node.condition)
    if diverges(node.then):
        yield from facts(code, node.condition, holds=False)
        if node.otherwise is not None:
            yield from established(code, node.otherwise)
    elif diverges(node.otherwise):
        yield from facts(code, node.condition)
        yield from established(code, node.then)


def _after_match(code: Code, node: Match) -> Iterator[Fact]:
    yield from established(code, node.scrutinee)
    staying = [arm for arm in node.arms if not diverges(arm.body)]
    for arm in node.arms:
        if arm not in staying and arm.guard is None:
            yield from matched(node.scrutinee, arm.pattern.text, arm, holds=False)
    if len(staying) == 1:
        yield from matched(node.scrutinee, staying[0].pattern.text, staying[0])
        if staying[0].guard is not None:
            yield from facts(code, staying[0].guard)


def _after_let(code: Code, node: Let) -> Iterator[Fact]:
    if node.value is not None:
        yield from established(code, node.value)
        if node.otherwise is not None:
            yield from matched(node.value, node.pattern.text, node)


def _after_macro(code: Code, node: Macro) -> Iterator[Fact]:
    name = last_name(node.name)
    if name in _ASSERTS and node.arguments:
        for fact in facts(code, node.arguments[0]):
            yield fact._replace(strength=_ASSERTS[name])
    elif name in _COMPARES and len(node.arguments) > 1:
        condition = Binary(node.line, node.column, node.end_line, node.end_column, _COMPARES[name], *node.arguments[:2])
        for fact in facts(code, condition):
            strength = Strength.DEBUG if name.startswith("debug_") else Strength.ALWAYS
            yield fact._replace(strength=strength, node=node)
    else:
        yield from _seems_checked(node)


def _seems_checked(node: Node) -> Iterator[Fact]:
    """A macro or function whose name says that it checks: `check_null!(p)`, `validate(p)?`."""
    name = callee(node).lower()
    if isinstance(node, (Macro, Call)) and any(word in name.rsplit("::", 1)[-1] for word in _CHECKS):
        for argument in node.arguments:
            if isinstance(argument, Path):
                yield Fact(Known.NON_NULL, argument, node, strength=Strength.ASKED)


def _in_arm(code: Code, node: Match, arm: Arm) -> Iterator[Fact]:
    for earlier in node.arms:
        if earlier is arm:
            break
        if earlier.guard is None:
            yield from matched(node.scrutinee, earlier.pattern.text, earlier, holds=False)
    yield from matched(node.scrutinee, arm.pattern.text, arm)


def _in_range(code: Code, node: For) -> Iterator[Fact]:
    """`for i in low..high`: what is known of `i`, by the first place that names it."""
    span = node.iterable
    if not isinstance(span, RangeOf) or len(node.pattern.bindings) != 1 or node.pattern.bindings[0].path:
        return
    name = node.pattern.bindings[0].name
    use = next((path for path in code.within(node.body, Path) if path.text == name), None)
    if use is not None and span.high is not None:
        yield Fact(Known.COMPARED, use, node, "<=" if span.inclusive else "<", span.high)
    if use is not None and span.low is not None:
        yield Fact(Known.COMPARED, use, node, ">=", span.low)


def _asks_for(code: Code, asked: Node, subject: Node) -> bool:
    """`v.get(i)` gives something only where `i` is in bounds."""
    return (
        isinstance(asked, MethodCall)
        and asked.name.startswith(("get", "nth", "checked_"))
        and any(same(code, argument, subject) for argument in asked.arguments)
    )


def _made_small(code: Code, subject: Node) -> Iterator[Fact]:
    for found in origins(code, subject):
        node = found.node
        small = isinstance(node, MethodCall) and node.name in ("min", "clamp", "rem_euclid")
        small = small or (isinstance(node, Call) and last_name(callee(node)) in ("min", "clamp"))
        if small or (isinstance(node, Binary) and node.operator in ("%", "&", ">>")):
            yield Fact(Known.TRUE, subject, node, text="made")
