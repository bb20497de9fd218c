"""Memory that Rust allocated goes to free()

What: `free` of the C library gets the pointer of a `Box`, `CString`, `Vec` or `String`.
Why: The allocator of Rust need not be `malloc`, and was told size and alignment: the heap is corrupted.
Instead: Take the owner back with `Box::from_raw` or `CString::from_raw` and drop it, or allocate with `malloc`
what C is to free.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, calls, last_name, origins, short
from ffireview.model.body import Call
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P31"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-762",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::ffi::{CString, c_void};
extern "C" { fn free(p: *mut c_void); }
pub fn text(name: &str) {
    let raw = CString::new(name).unwrap().into_raw();
    unsafe { free(raw as *mut c_void) }                               //~ foreign-frees-rust-memory
}
pub fn number() {
    let raw = Box::into_raw(Box::new(1u32));
    unsafe { libc::free(raw.cast()) };                                //~ foreign-frees-rust-memory
}
pub fn bytes(n: usize) {
    let mut values: Vec<u8> = Vec::with_capacity(n);
    unsafe { libc::free(values.as_mut_ptr() as *mut c_void) };        //~ foreign-frees-rust-memory
    std::mem::forget(values);
}
""",
)
GOOD = (
    """\
use std::ffi::{CString, c_char, c_void};
extern "C" { fn free(p: *mut c_void); fn strdup(s: *const c_char) -> *mut c_char; }
pub fn text(name: &str) {
    let owned = CString::new(name).unwrap();
    let copy = unsafe { strdup(owned.as_ptr()) };
    unsafe { free(copy.cast()) };
    let raw = owned.into_raw();
    unsafe { drop(CString::from_raw(raw)) };
}
pub fn list(n: usize) {
    let values: Vec<*mut c_char> = Vec::with_capacity(n);
    for value in &values { unsafe { free(*value as *mut c_void) } }
    unsafe { free(values[0] as *mut c_void) };
}
pub struct Arena;
impl Arena { pub fn free(_: *mut u8) {} }
pub fn arena() { Arena::free(Box::into_raw(Box::new(1u8))) }
""",
)

_OWNING = frozenset({"into_raw", "leak", ".into_raw"})
_LENT = frozenset({".as_ptr", ".as_mut_ptr", "as_ptr", "as_mut_ptr"})
_MAKERS = ("CString::", "Vec::", "String::", "Box::", "vec!", "OsString::")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each call of `free` whose argument an owner of the standard library gave away."""
    for code in codebase.functions():
        for call in calls(code, "free"):
            if len(call.arguments) == 1 and _is_free(code, call):
                for found in origins(code, call.arguments[0]):
                    if _from_owner(found):
                        message = f"`{short(call.arguments[0])}` was allocated by Rust: `{short(found.node)}`"
                        yield Hit(Span.of(code.path, call.at), message)
                        break


def _is_free(code: Code, call: Call) -> bool:
    """Whether it is the function of the C library, by its declaration or as `libc::free`."""
    return code.foreign(call) == "free" or any(True for one in calls(code, "libc::free", within=call) if one is call)


def _from_owner(found: Origin) -> bool:
    """Whether the pointer is that of the allocation, and its owner made here."""
    if found.path:
        return False
    steps = set(found.steps)
    made = last_name(found.name) == "into_raw" or found.name.startswith(_MAKERS)
    return made and bool(steps & (_OWNING | _LENT))
