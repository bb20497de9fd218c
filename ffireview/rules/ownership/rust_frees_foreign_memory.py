"""Rust takes over memory that C allocated

What: The result of a foreign function goes into `Box::from_raw`, `CString::from_raw`, `Vec::from_raw_parts` or
`String::from_raw_parts`.
Why: The drop gives it to the allocator of Rust, which did not hand it out: the heap is corrupted, or the program ends.
`CString::from_raw` writes to it as well.
Instead: Read it through `CStr::from_ptr` or a slice, copy what is kept, and free it with the function of the library.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, calls, named, origins
from ffireview.model.body import Call
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P30"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-762", "CWE-763")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use std::ffi::{CString, c_char};
extern "C" {
    fn store_name(id: i32) -> *mut c_char;
    fn store_bytes(id: i32) -> *mut u8;
    fn store_size(id: i32) -> usize;
}
pub fn name(id: i32) -> CString {
    let raw = unsafe { store_name(id) };
    unsafe { CString::from_raw(raw) }                                //~ rust-frees-foreign-memory
}
pub fn bytes(id: i32) -> Vec<u8> {
    let n = unsafe { store_size(id) };
    unsafe { Vec::from_raw_parts(store_bytes(id), n, n + 1) }        //~ rust-frees-foreign-memory
}
-- c/store.c --
#include <stdlib.h>
#include <string.h>
char *store_name(int id) { return strdup("name"); }
unsigned char *store_bytes(int id) { return malloc(10); }
unsigned long store_size(int id) { return 9; }
""",
)
GOOD = (
    """\
-- src/lib.rs --
use std::ffi::{CStr, CString, c_char, c_void};
extern "C" {
    fn store_name(id: i32) -> *mut c_char;
    fn store_user_data(id: i32) -> *mut c_void;
    fn store_keep(id: i32, data: *mut c_void);
    fn store_release(id: i32) -> *mut c_void;
}
pub fn name(id: i32) -> String {
    unsafe { CStr::from_ptr(store_name(id)) }.to_string_lossy().into_owned()
}
pub fn again(text: CString) -> CString { unsafe { CString::from_raw(text.into_raw()) } }
pub struct State(u32);
pub fn keep(id: i32, state: State) { unsafe { store_keep(id, Box::into_raw(Box::new(state)).cast()) } }
pub fn drop_state(id: i32) { unsafe { drop(Box::from_raw(store_user_data(id) as *mut State)) } }
pub fn release(id: i32) { unsafe { drop(Box::from_raw(store_release(id).cast::<State>())) } }
-- c/store.h --
char *store_name(int id);
void *store_user_data(int id);
void store_keep(int id, void *data);
void *store_release(int id);
""",
)

_TAKES = ("CString::from_raw", "Vec::from_raw_parts", "String::from_raw_parts", "Box::from_raw")
_ALLOCATORS = frozenset({"malloc", "calloc", "realloc", "strdup", "strndup", "aligned_alloc", "posix_memalign"})


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each owner that is built on the result of a foreign function."""
    exported = {code.body.symbol for code in codebase.functions() if code.body.symbol}
    for code in codebase.functions():
        for call in calls(code, *_TAKES):
            if found := next((f for f in _foreign(code, call) if f.name not in exported), None):
                yield Hit(Span.of(code.path, call.at), f"`{found.name}` returns memory that Rust did not allocate")


def _foreign(code: Code, call: Call) -> Iterator[Origin]:
    """The foreign calls whose very result is taken over. A `Box` is often user data that comes back, so there only
    what an allocator of C returns counts."""
    boxed = named(call, "Box::from_raw")
    for found in origins(code, call.arguments[0]) if call.arguments else ():
        if found.source is Source.FOREIGN and not found.path and (not boxed or found.name in _ALLOCATORS):
            yield found
