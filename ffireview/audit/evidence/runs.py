"""What runs around an operation: early exits, panics, a caller's code, what becomes of a result, the function's
counterpart of an ownership transfer."""

from collections.abc import Iterator

from ffireview.audit.evidence.look import FOREIGN, Fact, Look, acts
from ffireview.flow import (
    Code,
    Degree,
    after,
    callee,
    calls,
    exits,
    inside_catch_unwind,
    is_pointer,
    last_name,
    methods,
    origins,
    panics,
    short,
    user_code,
)
from ffireview.flow.origin import Source
from ffireview.model.body import (
    Assign,
    Binary,
    Block,
    Call,
    Cast,
    If,
    Let,
    Macro,
    Match,
    MethodCall,
    Node,
    Path,
    Return,
    Try,
    Unary,
)
from ffireview.model.checklist import Bearing, Evidence

_SHOWN = 3
_GIVES = ("into_raw", "into_foreign", "into_raw_fd", "leak", "forget", "into_non_null")
_TAKES = ("from_raw", "from_foreign", "from_raw_fd", "Vec::from_raw_parts", "from_non_null", "drop_in_place")
_COUNTERPARTS = {
    **dict.fromkeys(("into-raw", "forget", "leak"), _TAKES),
    **dict.fromkeys(("from-raw", "vec-from-raw-parts", "string-from-raw-parts", "refcount"), _GIVES),
}
_ASKS = ("is_null", "as_ref", "as_mut")


def may_leave(look: Look) -> Iterator[Evidence]:
    """Ways out of the function after an operation."""
    seen: set[int] = set()
    for act in acts(look):
        assert look.code is not None
        for node in exits(look.code, after(look.code, act.node)):
            if id(node) not in seen and len(seen) < _SHOWN:
                seen.add(id(node))
                yield Evidence(Bearing.FOUND, "exits", f"may leave here: `{short(node)}`", look.span(node))


def may_panic(look: Look) -> Iterator[Evidence]:
    """Code of the function that may panic and is not caught."""
    if look.code is None:
        return
    for found in panics(look.code, look.code.root, Degree.INDEX)[:_SHOWN]:
        yield Evidence(Bearing.FOUND, "panics", f"may panic: `{short(found.node)}`", look.span(found.node))


def caught(look: Look) -> Iterator[Evidence]:
    """`catch_unwind` around what may panic, or that there is none in a function that C calls."""
    if look.code is None:
        return
    guarded = [call for call in look.code.of(Call) if inside_catch_unwind(look.code, call)]
    places = {id(found): found for call in guarded if (found := inside_catch_unwind(look.code, call)) is not None}
    for place in list(places.values())[:_SHOWN]:
        yield Evidence(Bearing.FOUND, "caught", f"`{callee(place)}` catches what panics in it", look.span(place))
    if not places and look.code.body.abi != "Rust":
        yield Evidence(Bearing.MISSING, "caught", f"no `catch_unwind` in `{look.code.body.name}`", look.site.span)


def callers_code(look: Look) -> Iterator[Evidence]:
    """Code that a caller chose and that runs in the function."""
    if look.code is None:
        return
    rows = [found for node in look.code.nodes if (found := user_code(look.code, node))]
    for one in rows[:_SHOWN]:
        text = f"a caller's code runs here: `{short(one.node)}`"
        yield Evidence(Bearing.FOUND, "user-code", text, look.span(one.node))


def result_use(look: Look) -> Iterator[Evidence]:
    """What becomes of the result of each foreign call."""
    for act in acts(look):
        if act.operation.id != FOREIGN or look.code is None or not isinstance(act.node, Call):
            continue
        returns = _returns(look, act.node)
        if returns is False:
            continue
        text = _becomes(look.code, act.node)
        name = callee(act.node)
        if text:
            yield Evidence(Bearing.FOUND, "result-use", f"the result of `{name}` {text}", look.span(act.node))
        elif returns:
            yield Evidence(Bearing.MISSING, "result-use", f"the result of `{name}` is dropped", look.span(act.node))


def pairs(look: Look) -> Iterator[Evidence]:
    """Where the other half of an ownership transfer stands in the same file."""
    if look.code is None:
        return
    wanted = {name for operation in look.operations for name in _COUNTERPARTS.get(operation.id, ())}
    if look.site.kind == "callback":
        wanted |= {"from_raw", "from_foreign"}
    found = [
        (code, node)
        for code in look.codebase.of_file(look.site.span.path)
        for node in (*calls(code, *wanted), *methods(code, *wanted))
    ] if wanted else []  # fmt: skip
    for code, node in found[:_SHOWN]:
        text = f"`{callee(node)}` in `{code.body.name}`"
        yield Evidence(Bearing.FOUND, "pairs", text, look.span(node))
    if wanted and not found:
        listed = "`, `".join(sorted(wanted & {"into_raw", "from_raw"}))
        yield Evidence(Bearing.MISSING, "pairs", f"no `{listed}` in this file", look.site.span)


def parameters(look: Look) -> Iterator[Evidence]:
    """For each pointer that the function is given, whether it asks if that is null."""
    if look.code is None:
        return
    asked = {
        one.index: node
        for node in _questions(look.code)
        for one in origins(look.code, node.receiver if isinstance(node, MethodCall) else node.arguments[0])
        if one.source is Source.PARAMETER and not one.path
    }
    for index, formal in enumerate(look.code.body.parameters):
        if not is_pointer(formal.type) or formal.type.lstrip().startswith("&"):
            continue
        name = formal.pattern.text
        if index in asked:
            text = f"`{name}`: `{short(asked[index])}`"
            yield Evidence(Bearing.FOUND, "parameters", text, look.span(asked[index]))
        else:
            yield Evidence(Bearing.MISSING, "parameters", f"no test of `{name}` for null", look.span(formal))


def abi(look: Look) -> Iterator[Evidence]:
    """The calling convention that the function declares."""
    if look.code is not None:
        body = look.code.body
        yield Evidence(Bearing.FOUND, "abi", f'`{body.name}` is `extern "{body.abi}"`', look.site.span)


def _questions(code: Code) -> list[MethodCall | Call]:
    return [*methods(code, *_ASKS), *(call for call in calls(code, "NonNull::new") if call.arguments)]


def _returns(look: Look, call: Call) -> bool | None:
    """Whether a foreign function returns anything; None where no declaration tells."""
    assert look.code is not None
    symbol = look.code.foreign(call)
    rows = [a.signature for c in look.crossings if c.symbol == symbol for a in (*c.rust, *c.foreign) if a.signature]
    return any(row.returns.strip() not in ("", "()", "void", "!") for row in rows) if rows else None


def _becomes(code: Code, call: Call) -> str:
    """What the expression around a call makes of its result; empty where nothing does."""
    node: Node = call
    for outer in code.ancestors(call):
        if isinstance(outer, Cast | Unary) or (isinstance(outer, Block) and outer.tail is node):
            node = outer
            continue
        return _around(outer, node)
    return "is returned"


def _around(outer: Node, inner: Node) -> str:
    match outer:
        case Block():
            return ""
        case Let():
            return "" if outer.pattern.text == "_" else f"is kept in `{outer.pattern.text}`"
        case Assign():
            return "" if short(outer.target) == "_" else f"is kept in `{short(outer.target)}`"
        case Binary():
            return f"is compared or computed with: `{short(outer)}`"
        case MethodCall() if outer.receiver is inner:
            return f"goes on to `.{outer.name}()`"
        case Call() | MethodCall():
            return f"is given to `{last_name(callee(outer)).lstrip('.') or short(outer)}`"
        case Macro():
            return f"is given to `{outer.name}!`"
        case If() | Match():
            return "decides a branch"
        case Return():
            return "is returned"
        case Try():
            return "goes through `?`"
        case Path():
            return ""
        case _:
            return f"is used in `{short(outer)}`"


FACTS: dict[str, Fact] = {
    "exits": may_leave,
    "panics": may_panic,
    "caught": caught,
    "user-code": callers_code,
    "result-use": result_use,
    "pairs": pairs,
    "parameters": parameters,
    "abi": abi,
}
