"""A pointer that may be null becomes a function or a reference by transmute

What: `transmute` turns what a foreign function returned (`dlsym`, `GetProcAddress`, an object's table) into a function
pointer, a reference or `NonNull`, and nothing tests it for null.
Why: These types are never null. A library without the symbol gives null, and the value is undefined behaviour before
it is called.
Instead: Test with `is_null()` first, or transmute to `Option<extern "C" fn(..)>`, whose `None` is null.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Source, calls, expected_type, last_name, null_checked, origins, turbofish
from ffireview.model.body import Call, Node
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import asked_about, is_called_by_c, raw_parameters, reviewed

PATTERN = "P51"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CKFUNPTR",)
CWE = ("CWE-476", "CWE-843")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use std::ffi::{c_char, c_void};
extern "C" { fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void; }
pub fn open(handle: *mut c_void) -> extern "C" fn(i32) -> i32 {
    let found = unsafe { dlsym(handle, c"open".as_ptr()) };
    unsafe { std::mem::transmute(found) }                                                   //~ null-to-function
}
pub fn close(handle: *mut c_void) {
    let close = unsafe { dlsym(handle, c"close".as_ptr()) };
    let close = unsafe { std::mem::transmute::<_, unsafe extern "C" fn()>(close) };         //~ null-to-function
    unsafe { close() }
}
""",
)
GOOD = (
    """\
-- src/lib.rs --
use std::ffi::{c_char, c_void};
extern "C" { fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void; }
pub fn open(handle: *mut c_void) -> Option<extern "C" fn(i32) -> i32> {
    let found = unsafe { dlsym(handle, c"open".as_ptr()) };
    if found.is_null() {
        return None;
    }
    let open: extern "C" fn(i32) -> i32 = unsafe { std::mem::transmute(found) };
    Some(open)
}
pub fn close(handle: *mut c_void) -> Option<unsafe extern "C" fn()> {
    unsafe { std::mem::transmute(dlsym(handle, c"close".as_ptr())) }
}
pub fn pairs(handle: *mut c_void, len: usize) -> &'static [(u8, u8)] {
    let mut found = std::ptr::null_mut();
    fill(&mut found);
    let bytes = unsafe { std::slice::from_raw_parts(found as *const [u8; 2], len) };
    unsafe { std::mem::transmute::<&[[u8; 2]], &[(u8, u8)]>(bytes) }
}
pub fn own(hook: fn(u32)) -> fn(i32) { unsafe { std::mem::transmute(hook) } }
""",
)

_NEVER_NULL = re.compile(
    r"^(?:&|(?:\w+::)*NonNull\s*<|(?:for\s*<[^>]*>\s*)?(?:unsafe\s+)?(?:extern\s*(?:\"[^\"]*\"\s*)?)?fn\s*\()"
)
_OPENS = frozenset({"?", ".unwrap", ".expect", ".ok_or", ".ok_or_else", "NonNull::new", "from_raw_parts", "Some"})
"""Steps after which a value is not null."""
_LOADS = frozenset({"dlsym", "GetProcAddress", "dlvsym", "get_proc_address", "get_proc_addr"})


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each transmute of what C gave to a type that is never null."""
    for code in reviewed(codebase):
        for call in calls(code, "transmute"):
            target = _target(codebase, code, call)
            if len(call.arguments) != 1 or not _NEVER_NULL.match(target):
                continue
            value = call.arguments[0]
            if null_checked(code, value, call):
                continue
            if told := _unsure(code, value, call):
                yield Hit(Span.of(code.path, call.at), f"{told}, and becomes `{target}`"[:160])


def _target(codebase: Codebase, code: Code, call: Call) -> str:
    """The type that comes out, with aliases followed."""
    given = turbofish(call)
    written = (given[1] if len(given) == 2 else expected_type(code, call)).strip()
    alias = codebase.types(written, code.crate) if written.isidentifier() else []
    return alias[0].target if len(alias) == 1 and alias[0].target else written


def _unsure(code: Code, value: Node, at: Node) -> str:
    """What gave the value, in words, when that may be null."""
    waiting = {id(formal) for formal in raw_parameters(code)} if is_called_by_c(code) and code.body.symbol else set()
    for found in origins(code, value):
        if any(step in _OPENS or step.startswith("&") for step in found.steps):
            continue
        loaded = found.source is Source.CALL and last_name(found.name).lstrip(".") in _LOADS
        if (found.source is Source.FOREIGN and not found.path) or loaded:
            return f"what `{found.name}` returns may be null"
        if found.source is Source.NULL:
            return "this is null"
        if (
            id(found.node) in waiting
            and not found.path
            and not asked_about(code, code.body.parameters[found.index], at)
        ):
            return f"`{found.name}` comes from C and may be null"
    return ""
