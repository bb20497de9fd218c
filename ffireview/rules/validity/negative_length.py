"""A negative number of C becomes a huge length

What: The result of a foreign function that is negative on some path is cast with `as usize` and used as the length of
a slice or in `set_len`, and nothing compares it first.
Why: -1 for "failed" becomes the largest number there is: a slice over all memory.
Instead: `usize::try_from(n)`, or leave with an error where `n < 0`.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, calls, guards, last_name, methods, origins
from ffireview.model.body import Node
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import Foreign, called, labels
from ffireview.rules.reach import reviewed

PATTERN = "P43"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-195", "CWE-125")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use core::ffi::c_int;
extern "C" {
    fn store_read(at: *mut u8, max: usize) -> isize;
    fn store_count() -> c_int;
    fn store_items() -> *const u32;
}
pub fn read(max: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(max);
    unsafe {
        let n = store_read(bytes.as_mut_ptr(), max);
        bytes.set_len(n as usize);                                                  //~ negative-length
    }
    bytes
}
pub fn items() -> &'static [u32] {
    unsafe { std::slice::from_raw_parts(store_items(), store_count() as usize) }    //~ negative-length
}
-- c/store.c --
ssize_t store_read(unsigned char *at, size_t max)
{
    if (!max)
        return -1;
    return fill(at, max);
}
int store_count(void) { return ready ? count : -1; }
""",
)
GOOD = (
    """\
-- src/lib.rs --
use core::ffi::{c_int, c_uint};
extern "C" {
    fn store_read(at: *mut u8, max: usize) -> isize;
    fn store_count() -> c_uint;
    fn store_fixed() -> c_int;
    fn store_told() -> c_int;
    fn store_items() -> *const u32;
}
pub fn read(max: usize) -> Result<Vec<u8>, isize> {
    let mut bytes = Vec::with_capacity(max);
    unsafe {
        let n = store_read(bytes.as_mut_ptr(), max);
        if n < 0 { return Err(n); }
        bytes.set_len(n as usize);
    }
    Ok(bytes)
}
pub fn items() -> &'static [u32] {
    unsafe { std::slice::from_raw_parts(store_items(), store_count() as usize) }
}
pub fn told() -> &'static [u32] {
    unsafe { std::slice::from_raw_parts(store_items(), store_told() as usize) }
}
pub fn fixed() -> &'static [u32] {
    unsafe { std::slice::from_raw_parts(store_items(), store_fixed() as usize) }
}
pub fn tried() -> Option<&'static [u32]> {
    let n = usize::try_from(unsafe { store_read(std::ptr::null_mut(), 0) }).ok()?;
    Some(unsafe { std::slice::from_raw_parts(store_items(), n) })
}
-- c/store.c --
ssize_t store_read(unsigned char *at, size_t max) { if (!max) return -1; return fill(at, max); }
unsigned store_count(void);
int store_told(void);
int store_fixed(void) { return 4; }
""",
)

_SIGNED = re.compile(r"i32|i64|isize|c_int|c_long|c_longlong|ssize_t|off_t|i16|c_short")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such length whose C side returns a negative number."""
    functions = called(codebase.program)
    for code in reviewed(codebase):
        for length, use in _lengths(code):
            for one in origins(code, length):
                function = functions.get(one.name) if one.source is Source.FOREIGN and not one.path else None
                if function is None or not _is_signed(function) or not _is_cast(one) or _asked(code, one, use):
                    continue
                failing = function.returns(EffectKind.NEGATIVE_ERRNO)
                if failing:
                    message = f"`{one.name}` gives a negative number at times, which becomes a huge length"
                    yield Hit(Span.of(code.path, use.at), message, labels(failing, "negative here"))


def _lengths(code: Code) -> Iterator[tuple[Node, Node]]:
    for call in calls(code, "from_raw_parts", "from_raw_parts_mut", "slice_from_raw_parts"):
        if len(call.arguments) >= 2:
            yield call.arguments[1], call
    for method in methods(code, "set_len"):
        if len(method.arguments) == 1:
            yield method.arguments[0], method


def _is_signed(function: Foreign) -> bool:
    told = [last_name(anchor.signature.returns) for anchor in function.imports if anchor.signature]
    return bool(told) and all(_SIGNED.fullmatch(written) for written in told)


def _is_cast(found: Origin) -> bool:
    """Whether nothing but casts was done to the number."""
    return all(step.startswith("as ") for step in found.steps) and any(step == "as usize" for step in found.steps)


def _asked(code: Code, found: Origin, use: Node) -> bool:
    return any(one.node is found.node for fact in guards(code, use) for one in origins(code, fact.subject))
