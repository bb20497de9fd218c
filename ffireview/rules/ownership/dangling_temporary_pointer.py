"""A pointer is used after the value that it points into is gone

What: `as_ptr()` is called on a value that ends at once (a temporary, a variable of a closure, of a `match` arm or of a
turn of a loop), and the pointer goes on: it is bound by `let`, returned or put into a collection.
Why: C then reads memory that was freed. The compiler is silent: a raw pointer has no lifetime. Often it works in tests,
as freed memory keeps its bytes for a while.
Instead: Bind the owner to a variable that lives until C is done, or match and map by reference (`as_ref()`,
`as_deref()`, `for x in &v`).
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Extent, Origin, Scope, calls, methods, outlives, owns, short
from ffireview.model.body import Formal, Node
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P27 P28"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-416", "CWE-825")
ADVISORIES = ("RUSTSEC-2025-0022",)
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::ffi::{CString, c_char};
extern "C" { fn store_open(name: *const c_char, hint: *const c_char) -> i32; }
pub fn open(name: &str, hint: Option<&str>) -> i32 {
    let name = CString::new(name).unwrap().as_ptr();                                     //~ dangling-temporary-pointer
    let hint = hint.map_or(std::ptr::null(), |h| CString::new(h).unwrap().as_ptr());     //~ dangling-temporary-pointer
    unsafe { store_open(name, hint) }
}
""",
    """\
use std::ffi::{CString, c_char};
extern "C" { fn store_all(names: *const *const c_char, n: usize, hint: *const c_char) -> i32; }
pub fn all(names: Vec<CString>, hint: Option<CString>) -> i32 {
    let mut pointers = Vec::new();
    for name in names {
        pointers.push(name.as_ptr());                          //~ dangling-temporary-pointer
    }
    let hint = match hint {
        Some(h) => h.as_ptr(),                                 //~ dangling-temporary-pointer
        None => std::ptr::null(),
    };
    unsafe { store_all(pointers.as_ptr(), pointers.len(), hint) }
}
""",
)
GOOD = (
    """\
use std::ffi::{CString, c_char};
extern "C" { fn store_open(name: *const c_char, hint: *const c_char) -> i32; }
pub fn open(name: &str, hint: Option<CString>) -> i32 {
    let owned = CString::new(name).unwrap();
    let hint = hint.as_ref().map_or(std::ptr::null(), |h| h.as_ptr());
    unsafe { store_open(owned.as_ptr(), hint) + store_open(CString::new("x").unwrap().as_ptr(), hint) }
}
pub fn all(names: &[CString], hint: &Option<CString>) -> i32 {
    let pointers: Vec<_> = names.iter().map(|n| n.as_ptr()).collect();
    let hint = match hint { Some(h) => h.as_ptr(), None => std::ptr::null() };
    let first = c"first".as_ptr();
    unsafe { store_open(pointers[0], hint) + store_open(first, hint) }
}
pub fn give(name: &str) -> *mut c_char { CString::new(name).unwrap().into_raw() }
pub fn length(name: &str) -> usize {
    let len = CString::new(name).unwrap().as_bytes().len();
    len
}
pub struct Shape<'a>(&'a [u8]);
impl<'a> Shape<'a> { unsafe fn from_raw_parts(values: &'a [u8], steps: *const usize) -> Self { Shape(values) } }
pub fn shape(values: &[u8]) -> Shape<'_> {
    let steps = [values.len()];
    unsafe { Shape::from_raw_parts(values, steps.as_ptr()) }
}
pub fn nodes(all: Vec<std::ptr::NonNull<u8>>) -> Vec<*mut u8> {
    let mut found = Vec::new();
    for node in all { found.push(node.as_ptr()); }
    found
}
""",
)

_POINTERS = ("as_ptr", "as_mut_ptr")
_CALLS = ("CString::as_ptr", "CStr::as_ptr", "String::as_ptr", "Vec::as_ptr", "Vec::as_mut_ptr")
_SHARES = re.compile(r"\b(?:NonNull|Rc|Arc|AtomicPtr|Py|dyn|impl|Cow)\b|[&*]")
_ENDS = {
    Extent.STATEMENT: "the statement",
    Extent.LET: "this `let`",
    Extent.CONDITION: "the condition",
    Extent.ARM: "the arm",
    Extent.BRANCH: "the branch",
    Extent.CLOSURE: "the closure",
    Extent.LOOP: "the turn of the loop",
}


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each raw pointer that gets out of the scope of an owner. Owners that live as long as a block or the
    function are left out: the pointer that is copied from place to place there is mostly not the one that leaves."""
    for code in codebase.functions():
        for pointer in (*methods(code, *_POINTERS), *calls(code, *_CALLS)):
            for found, scope in outlives(code, pointer):
                if scope.extent in _ENDS and owns(code, found) and not _shared(found):
                    yield Hit(Span.of(code.path, pointer.at), _message(code, pointer, found, scope))
                    break


def _shared(found: Origin) -> bool:
    """Whether other owners may keep alive what is pointed to, or the elements are themselves pointers."""
    return isinstance(found.node, Formal) and bool(_SHARES.search(found.node.type))


def _message(code: Code, pointer: Node, found: Origin, scope: Scope) -> str:
    owner = short(found.owner or pointer)
    return f"`{short(pointer)}` points into `{owner}`, which ends with {_ENDS[scope.extent]}"
