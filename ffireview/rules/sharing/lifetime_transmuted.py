"""A borrow is made longer by force

What: `transmute` turns a reference, or a type with a lifetime, into one with another lifetime, mostly `'static`.
Why: The compiler no longer ties the value to what it borrows from. Whoever gets it may keep it after the owner is
gone, without a line of unsafe code.
Instead: Tie the result to an argument, keep owner and borrower in one self-referential type, or share the owner
(`Arc`).
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, calls, origins, taken
from ffireview.model.body import Block, Call, Formal, Let, Node, Path, Return
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import reviewed
from ffireview.syntax.brackets import split

PATTERN = "P64"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ()
CWE = ("CWE-416", "CWE-843")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::mem;
pub struct View<'a> { text: &'a str }
pub fn keep(text: &str) -> &'static str {
    unsafe { mem::transmute(text) }                                            //~ lifetime-transmuted
}
pub fn named<'a>(view: View<'a>) -> View<'static> {
    unsafe { mem::transmute::<View<'a>, View<'static>>(view) }                 //~ lifetime-transmuted
}
pub fn bound(text: &str) -> usize {
    let long: &'static str = unsafe { std::mem::transmute(text) };             //~ lifetime-transmuted
    keep_for_ever(long)
}
pub fn any<'b>(text: &str) -> &'b str { unsafe { mem::transmute(text) } }      //~ lifetime-transmuted
""",
)
GOOD = (
    """\
use std::mem;
pub fn same<'a>(text: &'a [u8]) -> &'a str { unsafe { mem::transmute(text) } }
pub fn short<'a>(text: &'a str, other: &'a u32) -> &'a str { unsafe { mem::transmute::<&'a str, &'a str>(text) } }
pub fn elided(text: &[u8]) -> &str { unsafe { mem::transmute(text) } }
pub fn forever(text: &'static [u8]) -> &'static str { unsafe { mem::transmute(text) } }
pub fn bits(n: u32) -> f32 { unsafe { mem::transmute(n) } }
pub fn symbol(at: *const ()) -> extern "C" fn() { unsafe { mem::transmute(at) } }
pub unsafe fn trusted(text: &str) -> &'static str { mem::transmute(text) }
""",
)

_LIFETIME = re.compile(r"'[a-z_]\w*")
_BOUND = re.compile(r"\bfor\s*<[^>]*>")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each `transmute` of safe code to a type with a lifetime that what goes in does not have."""
    for code in reviewed(codebase):
        for call in calls(code, "transmute") if not code.body.unsafe else ():
            if longer := _longer(code, call):
                yield Hit(Span.of(code.path, call.at), f"what goes in is not borrowed for `{longer}`")


def _longer(code: Code, call: Call) -> str:
    """The lifetime that comes out and did not go in; empty where none does."""
    source, target = _turbofish(call)
    target = target or _written(code, call)
    if not _is_borrow(target):
        return ""
    lifetimes = _LIFETIME.findall(_BOUND.sub("", target))
    source = source or _type_of(code, call)
    new = [name for name in lifetimes if name not in _LIFETIME.findall(source) and name != "'_"]
    return new[0] if source and _is_borrow(source) and new else ""


def _turbofish(call: Call) -> tuple[str, str]:
    written = call.turbofish or (call.callee.text.rpartition("transmute")[2] if isinstance(call.callee, Path) else "")
    inner = written.strip().removeprefix("::").strip()
    if not inner.startswith("<"):
        return "", ""
    parts = split(inner[1:].removesuffix(">"))
    return (parts[0].strip(), parts[1].strip()) if len(parts) == 2 else ("", "")


def _written(code: Code, call: Call) -> str:
    """The type of the `let` or of the function whose value the call is."""
    inner: Node = call
    for outer in code.ancestors(call):
        if isinstance(outer, Let):
            return outer.type
        if isinstance(outer, Return) or (outer is code.root and taken(code, inner)):
            return code.body.returns
        if not (isinstance(outer, Block) and outer.tail is inner):
            return ""
        inner = outer
    return ""


def _type_of(code: Code, call: Call) -> str:
    """The type of the parameter that goes in, as written."""
    found = origins(code, call.arguments[0]) if call.arguments else ()
    plain = [one.node.type for one in found if isinstance(one.node, Formal) and not one.path]
    return plain[0] if plain and len(plain) == len(found) else ""


def _is_borrow(written: str) -> bool:
    """Whether a type borrows: a reference, or a type with a lifetime; no function pointer."""
    return ("&" in written or bool(_LIFETIME.search(written))) and not re.search(r"\bfn\s*\(", written)
