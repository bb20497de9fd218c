"""A value that only Rust can free crosses to C by value

What: `Vec`, `String`, `CString` or another owner of the standard library is a parameter or result of a function
that C calls or implements.
Why: Its layout is not specified, and C can neither free it nor copy it without making two owners of one allocation.
Instead: Hand out a raw pointer with `into_raw` and a function that takes it back, or fill a buffer of the caller.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.rules.crossing import types_that_cross

PATTERN = "P24"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-NODROP", "FFI-CTYPE")
CWE = ("CWE-763",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use std::ffi::CString;
#[no_mangle]
pub extern "C" fn store_label(id: i32) -> CString { todo!() }   //~ owned-value-crosses
#[no_mangle]
pub extern "C" fn store_put(values: Vec<u8>) {}                 //~ owned-value-crosses
-- c/store.h --
char *store_label(int id);
void store_put(void *values);
""",
)
GOOD = (
    """\
-- src/lib.rs --
use std::ffi::CString;
#[no_mangle]
pub extern "C" fn store_label(id: i32) -> *mut core::ffi::c_char { CString::default().into_raw() }
#[no_mangle]
pub extern "C" fn store_put(values: *const Vec<u8>) {}
#[no_mangle]
pub extern "C" fn store_drop(store: Box<u32>) {}
-- c/store.h --
char *store_label(int id);
void store_put(const void *values);
""",
)

_OWNED = re.compile(
    r"^(?:Option\s*<\s*)?(?:\w+\s*::\s*)*(?:Vec|String|CString|OsString|PathBuf|Rc|HashMap|BTreeMap|VecDeque|Cow)\b(?!\s*::)"
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each parameter or result that owns."""
    for anchor, where, text in types_that_cross(codebase.program):
        if _OWNED.search(text):
            yield Hit(anchor.span, f"{anchor.name}: {where} owns memory that C cannot free: {text}")
