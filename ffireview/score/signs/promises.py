"""Signs of a function's head and form: what it promises to whom, how it hands values out, whether it loops."""

import re
from collections.abc import Iterator

from ffireview.flow import Code, last_name
from ffireview.model.body import Body, For, Loop, While
from ffireview.model.place import Range
from ffireview.model.program import Site

_TRAITS = {
    "implements-iterator": ("Iterator", "DoubleEndedIterator"),
    "implements-bulk": ("Extend", "FromIterator"),
    "implements-view": ("Deref", "DerefMut", "AsRef", "AsMut", "Borrow", "BorrowMut", "Index", "IndexMut"),
    "implements-clone": ("Clone",),
    "implements-io": ("Read", "Write", "AsyncRead", "AsyncWrite", "BufRead", "Stream", "Future"),
    "implements-conversion": ("From", "TryFrom", "Into", "TryInto", "FromStr"),
    "implements-drop": ("Drop",),
}
_SIGN_OF_TRAIT = {trait: sign for sign, traits in _TRAITS.items() for trait in traits}
_OWNED = re.compile(r"\b(?:Vec|String|Box|OsString|PathBuf|Arc|Rc)\b")
_NUMBER = re.compile(r"(?:usize|isize|[iu](?:8|16|32|64|128)|f32|f64|bool|size_t|(?:libc::)?c_\w+)")
_MUTABLE = re.compile(r"&\s*(?:'\w+\s+)?mut\b")
_LIFETIME = re.compile(r"'(\w+)")


def promise_signs(code: Code) -> Iterator[tuple[str, Range]]:
    """What the head of a function says, at the head; and loops where they are."""
    body = code.body
    head = Range(body.line, body.column, body.block.line, body.block.column)
    yield from ((name, head) for name in _of_head(body))
    yield from (("loops", node.at) for kind in (For, While, Loop) for node in code.of(kind))


def reach_signs(sites: tuple[Site, ...]) -> Iterator[tuple[str, Range]]:
    """Whether only unsafe functions lead to a unit."""
    first = sites[0]
    if first.reach.startswith("unsafe"):
        span = first.span
        yield "unsafe-reach", Range(span.line, span.column, span.end_line, span.end_column)


def _of_head(body: Body) -> Iterator[str]:
    trait = last_name(body.implements.trait) if body.implements and body.implements.trait else ""
    if trait in _SIGN_OF_TRAIT:
        yield _SIGN_OF_TRAIT[trait]
    if body.unsafe:
        yield "unsafe-fn"
    if body.abi != "Rust":
        yield "foreign-abi"
    own = [generic for generic in body.generics if generic.kind == "type"]
    if own or any("impl " in formal.type for formal in body.parameters):
        yield "generic-fn"
    receiver = next((f.type for f in body.parameters if f.pattern.text.split(" ")[-1] == "self"), "")
    if receiver and not receiver.startswith("&"):
        yield "takes-self"
    elif _MUTABLE.match(receiver):
        yield "changes-self"
    if not body.unsafe and body.abi == "Rust" and any(f.type.startswith("*") for f in body.parameters):
        yield "safe-raw-parameter"
    yield from _of_result(body, receiver)


def _of_result(body: Body, receiver: str) -> Iterator[str]:
    returns = body.returns
    if "&" in returns:
        yield "returns-reference"
    if _OWNED.search(returns):
        yield "returns-owned"
    if _NUMBER.fullmatch(returns):
        yield "returns-number"
    own = {generic.name.lstrip("'") for generic in body.generics if generic.kind == "lifetime"}
    given = {name for formal in body.parameters for name in _LIFETIME.findall(formal.type)}
    from_nothing = bool((set(_LIFETIME.findall(returns)) & own) - given)
    shared = receiver.startswith("&") and not _MUTABLE.match(receiver)
    if from_nothing or "&'static" in returns or (shared and _MUTABLE.match(returns)):
        yield "lifetime-unproven"
