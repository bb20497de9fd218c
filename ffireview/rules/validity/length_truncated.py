"""A length loses its upper half on the way to C

What: `x.len() as c_int` (or `u32`, `u16`, ..) is an argument of a foreign function, and nothing bounds the length
first.
Why: A length of 4 GiB and 8 bytes arrives as 8, one of 2 GiB as a negative number; C then works on another part of the
data than the caller meant, or on none.
Instead: `c_int::try_from(x.len())` and an error, or an assertion in front.
"""

import re
from collections.abc import Iterator

from ffireview.flow import (
    Code,
    Codebase,
    How,
    Origin,
    Source,
    bounded,
    definitions,
    facts_about,
    foreign_calls,
    origins,
)
from ffireview.model.body import ArrayLiteral, Cast, Formal, Literal, MethodCall, Node, Path
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import reviewed

PATTERN = "P55"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.PEDANTIC
ANSSI = ()
CWE = ("CWE-197", "CWE-681")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use core::ffi::c_int;
extern "C" { fn store_put(data: *const u8, length: c_int) -> c_int; }
pub fn put(data: &[u8]) -> c_int {
    unsafe { store_put(data.as_ptr(), data.len() as c_int) }            //~ length-truncated
}
pub fn all(data: &Vec<u8>) -> c_int {
    let n = data.len() as c_int;
    unsafe { store_put(data.as_ptr(), n) }                              //~ length-truncated
}
-- c/store.h --
int store_put(const unsigned char *data, int length);
""",
)
GOOD = (
    """\
-- src/lib.rs --
use core::ffi::c_int;
extern "C" {
    fn store_put(data: *const u8, length: c_int) -> c_int;
    fn store_all(data: *const u8, length: usize) -> c_int;
}
pub fn put(data: &[u8]) -> c_int {
    assert!(data.len() <= c_int::MAX as usize);
    unsafe { store_put(data.as_ptr(), data.len() as c_int) }
}
pub fn part(data: &[u8]) -> c_int {
    unsafe { store_put(data.as_ptr(), data.len().min(100) as c_int) + store_all(data.as_ptr(), data.len()) }
}
pub fn tried(data: &[u8]) -> c_int {
    let n = c_int::try_from(data.len()).unwrap();
    unsafe { store_put(data.as_ptr(), n) }
}
pub fn fixed() -> c_int {
    let data = [0u8; 16];
    unsafe { store_put(data.as_ptr(), data.len() as c_int) + store_put(b"abc".as_ptr(), b"abc".len() as c_int) }
}
-- c/store.h --
int store_put(const unsigned char *data, int length);
int store_all(const unsigned char *data, size_t length);
""",
)

_NARROW = re.compile(r"(?:\w+::)*(?:c_u?int|c_u?short|[ui]32|[ui]16|[ui]8|socklen_t|c_uchar)")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each length that is cast to a narrower integer, directly or in the `let` of the argument."""
    for code in reviewed(codebase):
        for symbol, call in foreign_calls(code):
            for argument in call.arguments:
                cast = _cast(code, argument)
                if cast is None or _is_small(code, cast.operand, call):
                    continue
                yield Hit(Span.of(code.path, argument.at), f"`{symbol}` gets a length as `{cast.type}`, unchecked")


def _cast(code: Code, argument: Node) -> Cast | None:
    """The cast of `x.len()` that an argument is."""
    if isinstance(argument, Path):
        found = definitions(code, argument)
        value = found[0].value if len(found) == 1 and found[0].how is How.LET and not found[0].path else None
        return _cast(code, value) if value is not None and not isinstance(value, Path) else None
    if not isinstance(argument, Cast) or not _NARROW.fullmatch(argument.type.strip()):
        return None
    length = argument.operand
    return argument if isinstance(length, MethodCall) and length.name == "len" and not length.arguments else None


def _is_small(code: Code, length: Node, call: Node) -> bool:
    """Whether a length is bounded, asked about, or that of an array."""
    if not isinstance(length, MethodCall) or bounded(code, length, call) or facts_about(code, length, call):
        return True
    if isinstance(length.receiver, (Literal, ArrayLiteral)):
        return True
    found = origins(code, length.receiver)
    return any(isinstance(one.node, (Literal, ArrayLiteral)) or _is_array(code, one) for one in found)


def _is_array(code: Code, found: Origin) -> bool:
    """Whether the value is an array by its type: its length is a constant."""
    if found.source is Source.ITEM:
        return True
    written = code.part_type(found.node, found.path) if isinstance(found.node, Formal) else ""
    return bool(re.fullmatch(r"(?:&\s*(?:'\w+\s*)?(?:mut\s+)?)?\[.*;.*\]", written.strip()))
