"""A record is handed out as bytes, and some of them nobody ever wrote

What: `slice::from_raw_parts(&x as *const T as *const u8, size_of::<T>())` for a `repr(C)` struct with padding, or for
any `T` that a caller of a safe function chooses.
Why: Padding is not initialised: reading it is undefined behaviour, and what is sent, written or hashed holds what was
in memory before.
Instead: Give the gaps fields and set them, or write field by field; for a generic, a bound such as
`zerocopy::IntoBytes` or `bytemuck::NoUninit`.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Source, calls, last_name, origins, text, turbofish, type_parameters
from ffireview.model.body import Call, Node
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.bits import padding
from ffireview.rules.reach import is_open, reviewed

PATTERN = "P54"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-908", "CWE-200")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::mem::size_of;
#[repr(C)]
pub struct Record { kind: u8, length: u32 }
#[repr(C)]
pub struct Outer { inner: Record, at: u64, end: u16 }
impl Record {
    pub fn bytes(&self) -> &[u8] {
        unsafe { std::slice::from_raw_parts(self as *const Self as *const u8, size_of::<Self>()) }  //~ padding-as-bytes
    }
}
pub fn outer(of: &Outer) -> &[u8] {
    unsafe { std::slice::from_raw_parts((of as *const Outer).cast::<u8>(), size_of::<Outer>()) }    //~ padding-as-bytes
}
pub fn any<T: Copy>(of: &T) -> &[u8] {
    unsafe { std::slice::from_raw_parts(of as *const T as *const u8, size_of::<T>()) }              //~ padding-as-bytes
}
""",
)
GOOD = (
    """\
use std::mem::size_of;
#[repr(C)]
pub struct Record { kind: u8, _gap: [u8; 3], length: u32 }
#[repr(C)]
pub struct Point { x: f32, y: f32 }
#[repr(C, packed)]
pub struct Tight { kind: u8, length: u32 }
pub unsafe trait Plain {}
impl Record {
    pub fn bytes(&self) -> &[u8] {
        unsafe { std::slice::from_raw_parts(self as *const Self as *const u8, size_of::<Self>()) }
    }
}
pub fn points(of: &[Point]) -> &[u8] {
    unsafe { std::slice::from_raw_parts(of.as_ptr() as *const u8, of.len() * size_of::<Point>()) }
}
pub fn tight(of: &Tight) -> &[u8] {
    unsafe { std::slice::from_raw_parts(of as *const Tight as *const u8, size_of::<Tight>()) }
}
pub fn any<T: Plain>(of: &T) -> &[u8] {
    unsafe { std::slice::from_raw_parts(of as *const T as *const u8, size_of::<T>()) }
}
pub unsafe fn told<T: Copy>(of: &T) -> &[u8] {
    std::slice::from_raw_parts(of as *const T as *const u8, size_of::<T>())
}
pub fn zeroes<T>(put: impl Fn(&[u8])) {
    let zeroes = std::mem::MaybeUninit::<T>::zeroed();
    put(unsafe { std::slice::from_raw_parts(zeroes.as_ptr().cast::<u8>(), size_of::<T>()) });
}
pub fn back(from: &[u8]) -> &[u16] {
    unsafe { std::slice::from_raw_parts(from.as_ptr() as *const u16, from.len() / size_of::<u16>()) }
}
""",
)

_TO_BYTES = re.compile(r"(?:as \*(?:const|mut) u8|\.cast::<u8>\(\)|\.cast\(\))$")
_SAYS_NOTHING = frozenset(
    {"Copy", "Clone", "Sized", "Default", "Debug", "Send", "Sync", "Eq", "PartialEq", "Hash", "Ord", "PartialOrd"}
)
"""Traits that any type with padding may have."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each slice of bytes over a type that has padding, or that a caller chooses."""
    for code in reviewed(codebase):
        for call in calls(code, "slice::from_raw_parts", "from_raw_parts"):
            if len(call.arguments) != 2 or not _TO_BYTES.search(text(call.arguments[0])):
                continue
            written = _measured(code, call.arguments[1])
            found = origins(code, call.arguments[0]) if written else ()
            if not found or any(last_name(one.name) == "zeroed" for one in found):
                continue
            given = any(one.source is Source.PARAMETER for one in found)
            if gap := padding(codebase, written, code.crate):
                yield Hit(Span.of(code.path, call.at), f"`{written}` has padding {gap}")
            elif given and is_open(code) and _is_free(code, written):
                yield Hit(Span.of(code.path, call.at), f"any `{written}` may be asked for, also one with padding")


def _measured(code: Code, length: Node) -> str:
    """The type whose size, or a multiple of it, is the length."""
    sizes = [call for call in code.within(length, Call) if last_name(text(call.callee)) == "size_of"]
    given = turbofish(sizes[0]) if len(sizes) == 1 else ()
    if not given or " / " in text(length):
        return ""
    own = code.body.implements.type if code.body.implements else ""
    return own if given[0] == "Self" else given[0]


def _is_free(code: Code, written: str) -> bool:
    """Whether a type is a parameter whose bounds say nothing of its bytes."""
    bounds = type_parameters(code).get(written)
    return bounds is not None and all(
        last_name(bound.lstrip("?")) in _SAYS_NOTHING or bound.startswith("'") for bound in bounds
    )
