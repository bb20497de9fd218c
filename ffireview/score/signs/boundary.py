"""Signs of the boundary: what C is given, what C calls, how its answers are treated."""

import re
from collections.abc import Iterator

from ffireview.flow import (
    Code,
    calls,
    catches_unwinding,
    foreign_calls,
    inside_catch_unwind,
    methods,
    named,
    type_parameters,
    user_code,
)
from ffireview.model.body import Block, Call, Cast, If, Match, MethodCall, Node, Path, Reference
from ffireview.model.place import Range
from ffireview.score.signs.callers import CLOSURE

_CHOICES = (".unwrap_or", ".map_or", ".unwrap_or_else", ".map_or_else")
_ENDS = re.compile(r"destroy|free|close|release|remove|dispose|unref|delete")
_GIVES = ("Box::into_raw", "Arc::into_raw", "Rc::into_raw")
_SMALL = 40
"""Nodes of a body that is one call and little else."""


def boundary_signs(code: Code) -> Iterator[tuple[str, Range]]:
    """What a function does with C, and what C does with it."""
    foreign = [call for _, call in foreign_calls(code)]
    yield from (("ffi-call", call.at) for call in foreign)
    for call in foreign:
        yield from _given(call)
        around = code.parent(call)
        if isinstance(around, Block) and around.tail is not call:
            yield "answer-dropped", call.at
    if foreign and _ENDS.search(code.body.name):
        yield "ends-a-life", code.body.at
    branches = (*code.of(If), *code.of(Match))
    little = len(code.of(Call)) + len(code.of(MethodCall)) <= 2 and len(code.nodes) < _SMALL
    if len(foreign) == 1 and little and not branches:
        yield "thin-wrapper", foreign[0].at
    yield from _closures(code, foreign)
    if code.body.abi != "Rust":
        yield from _called_by_c(code)


def _given(call: Call) -> Iterator[tuple[str, Range]]:
    """What the arguments are, behind casts."""
    for argument in call.arguments:
        bare: Node = argument
        while isinstance(bare, Cast):
            bare = bare.operand
        if named(bare, ".as_ptr", ".as_mut_ptr"):
            yield "gives-buffer", argument.at
        elif isinstance(bare, Reference) and bare.form == "":
            yield "gives-reference", argument.at
        elif named(bare, *_CHOICES):
            yield "gives-choice", argument.at
        if _is_function(bare):
            yield "gives-callback", argument.at


def _is_function(node: Node) -> bool:
    if isinstance(node, Call) and isinstance(node.callee, Path) and node.callee.text == "Some":
        return any(isinstance(part, Path) for part in node.arguments)
    return isinstance(node, Path) and "::<" in node.text and "null" not in node.text


def _closures(code: Code, foreign: list[Call]) -> Iterator[tuple[str, Range]]:
    """A caller's closure or value that C is to keep, and may hold what is gone by then."""
    own = {generic.name for generic in code.body.generics if generic.kind == "type"}
    bounds = {name: rows for name, rows in type_parameters(code).items() if name in own}
    given = [*calls(code, *_GIVES), *methods(code, "into_raw")]
    callbacks = [call for call in foreign if any(map(_is_function, call.arguments))]
    closures = [name for name, rows in bounds.items() if any(map(CLOSURE.search, rows))]
    if (given or callbacks) and (closures or any("impl " in formal.type for formal in code.body.parameters)):
        yield "closure-to-c", (given or callbacks)[0].at
    free = [name for name, rows in bounds.items() if not any("'static" in row for row in rows)]
    void = [cast for cast in code.of(Cast) if cast.type.endswith("c_void")]
    if free and (given or callbacks or void):
        yield "borrowing-type-to-c", (given or callbacks or void)[0].at


def _called_by_c(code: Code) -> Iterator[tuple[str, Range]]:
    theirs = [found.node for node in code.nodes if (found := user_code(code, node))]
    for node in theirs:
        if inside_catch_unwind(code, node) is None:
            yield "callers-code-under-c", node.at
    calling = len(code.of(Call)) + len(code.of(MethodCall))
    if calling > 1 and not catches_unwinding(code):
        yield "called-by-c", code.body.at
    for call in calls(code, "Box::from_raw", "Rc::from_raw", "Arc::from_raw"):
        yield "owner-under-c", call.at
