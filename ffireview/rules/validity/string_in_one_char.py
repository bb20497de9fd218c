"""C writes a string into a single character

What: `CStr::from_ptr(&x)`: a string is read from the address of one `c_char`, which C filled before.
Why: C had room for one byte and wrote more: the stack behind the variable is overwritten. The read then runs on until
it meets a zero byte.
Instead: An array as long as C asks for, `[0 as c_char; N]`, and its `as_mut_ptr()`.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase, calls
from ffireview.model.body import FieldAccess, Path, Reference
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import reviewed

PATTERN = "P50"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-787", "CWE-126")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use std::ffi::{c_char, CStr};
extern "C" { fn store_name(id: i32, name: *mut c_char); }
pub fn name(id: i32) -> String {
    unsafe {
        let mut name = std::mem::zeroed();
        store_name(id, &mut name);
        CStr::from_ptr(&name).to_string_lossy().into_owned()        //~ string-in-one-char
    }
}
-- c/store.h --
void store_name(int id, char *name);
""",
)
GOOD = (
    """\
-- src/lib.rs --
use std::ffi::{c_char, CStr};
extern "C" { fn store_name(id: i32, name: *mut c_char); }
#[repr(C)]
pub struct Entry { name: [c_char; 16] }
pub fn name(id: i32, entry: &Entry, other: &c_char) -> String {
    let mut name = [0 as c_char; 64];
    unsafe {
        store_name(id, name.as_mut_ptr());
        let _ = CStr::from_ptr(&entry.name as *const c_char);
        let _ = CStr::from_ptr(&entry.name[0]);
        let _ = CStr::from_ptr(&*other);
        CStr::from_ptr(&name[0]).to_string_lossy().into_owned()
    }
}
-- c/store.h --
void store_name(int id, char *name);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each string that is read from the address of a local. `from_ptr` takes a pointer to one character, so
    the local is one."""
    for code in reviewed(codebase):
        for call in calls(code, "CStr::from_ptr"):
            given = call.arguments[0] if len(call.arguments) == 1 else None
            if not isinstance(given, Reference) or given.form not in ("", "mut"):
                continue
            if isinstance(given.operand, (Path, FieldAccess)):
                name = given.operand.text if isinstance(given.operand, Path) else given.operand.name
                yield Hit(Span.of(code.path, call.at), f"`{name}` is one character, and no room for a string")
