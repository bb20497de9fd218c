"""A pointer that C returns is used without a test

What: The result of a foreign function, of whose definition nothing is known, is dereferenced, made a reference or
given to `NonNull::new_unchecked`, and nothing tests it before.
Why: Most functions of C that return a pointer return NULL for "none" or "failed". Unless the documentation excludes
it, the first use may be at address zero.
Instead: `NonNull::new`, `as_ref()`, or `is_null()` and an error; or a comment that says why it is never null.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import called
from ffireview.rules.reach import reviewed, unasked_results

PATTERN = "P45"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.LOW
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-CK-PTR-VALID",)
CWE = ("CWE-476", "CWE-252")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
pub struct Store { size: u32 }
extern "C" { fn store_find(id: i32) -> *mut Store; }
pub fn size(id: i32) -> u32 {
    unsafe { (*store_find(id)).size }                               //~ unasked-result-dereferenced
}
pub fn find(id: i32) -> &'static Store {
    let found = unsafe { store_find(id) };
    unsafe { &*found }                                              //~ unasked-result-dereferenced
}
-- c/store.h --
struct store *store_find(int id);
""",
)
GOOD = (
    """\
-- src/lib.rs --
pub struct Store { size: u32 }
extern "C" {
    fn store_find(id: i32) -> *mut Store;
    fn store_first() -> *mut Store;
    fn store_name(id: i32) -> *const core::ffi::c_char;
    fn __errno_location() -> *mut i32;
}
pub fn size(id: i32) -> Option<u32> {
    let found = unsafe { store_find(id) };
    if found.is_null() { return None; }
    Some(unsafe { (*found).size })
}
pub fn first() -> u32 { unsafe { (*store_first()).size } }
pub fn name(id: i32) -> &'static core::ffi::CStr { unsafe { core::ffi::CStr::from_ptr(store_name(id)) } }
pub fn errno() -> i32 { unsafe { *__errno_location() } }
-- c/store.c --
struct store *store_find(int id);
struct store *store_first(void) { return &stores[0]; }
const char *store_name(int id);
""",
)

_TOLD_ELSEWHERE = ("from_raw_parts", "from_raw_parts_mut", "CStr::from_ptr")
"""Slices and strings have rules of their own."""
_ERRNO = frozenset({"__errno_location", "__errno", "__error", "___errno", "_errno", "_errnop"})
"""Where the C library keeps `errno`: always a place."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each result, at its first unchecked use."""
    unknown = {symbol for symbol, function in called(codebase.program).items() if not function.known} - _ERRNO
    for code in reviewed(codebase) if unknown else ():
        for name, use in unasked_results(code, unknown, _TOLD_ELSEWHERE):
            yield Hit(Span.of(code.path, use.at), f"`{name}` may return NULL, and nothing tests it here")
