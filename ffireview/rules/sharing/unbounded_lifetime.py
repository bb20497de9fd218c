"""A reference lives as long as its caller likes

What: A safe function makes a reference of a raw pointer parameter and returns it with a lifetime of its own that no
argument has.
Why: The caller may choose `'static`: nothing ties the reference to the owner of what it points to, and it is used after
that is freed.
Instead: Take a reference to the owner and return its lifetime, or make the function `unsafe` and say how long it holds.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import dereferences, raw_parameters, reviewed, whole_parameter

PATTERN = "P64"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.PEDANTIC
ANSSI = ()
CWE = ("CWE-416",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub struct Node { value: u32 }
pub(crate) fn node<'a>(at: *const Node) -> &'a Node {
    unsafe { &*at }                                         //~ unbounded-lifetime
}
fn bytes<'b>(at: *const u8, len: usize) -> &'b [u8] {
    unsafe { std::slice::from_raw_parts(at, len) }          //~ unbounded-lifetime
}
""",
)
GOOD = (
    """\
pub struct Node { value: u32 }
fn node<'a>(owner: &'a Tree, at: *const Node) -> &'a Node {
    unsafe { &*at }
}
unsafe fn trusted<'a>(at: *const Node) -> &'a Node {
    &*at
}
fn value<'a>(at: *const Node, name: &'a str) -> (&'a str, u32) {
    (name, unsafe { (*at).value })
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such function, where the reference is made."""
    for code in reviewed(codebase):
        body = code.body
        free = [generic.name for generic in body.generics if generic.kind == "lifetime"]
        taken = " ".join(formal.type for formal in body.parameters)
        loose = [name for name in free if _names(name, body.returns) and not _names(name, taken)]
        if body.unsafe or not loose or not any(raw_parameters(code)):
            continue
        for pointer, use in dereferences(code):
            found = whole_parameter(code, pointer)
            if found is not None:
                yield Hit(Span.of(code.path, use.at), f"nothing ties `{loose[0]}` to what `{found.name}` points to")
                break


def _names(lifetime: str, written: str) -> bool:
    return re.search(rf"{re.escape(lifetime)}\b", written) is not None
