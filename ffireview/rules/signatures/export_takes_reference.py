"""C decides whether a reference of Rust is valid

What: An exported function takes `&T` or `&mut T`.
Why: A reference must not be null, dangling, misaligned or shared with a writer. C promises none of this; if it is
not so, the value is invalid on entry, and a test for null inside is removed.
Instead: Take a raw pointer, test it, and make the reference inside, or `Option<&T>` where null is the only doubt.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.rules.crossing import types_that_enter

PATTERN = "P42"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-CK-INPUT-REF-VALID", "FFI-INPUT-PTR")
CWE = ("CWE-476",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
pub struct Store;
#[no_mangle]
pub extern "C" fn store_sync(store: &mut Store) {}      //~ export-takes-reference
-- c/store.h --
void store_sync(struct store *store);
""",
)
GOOD = (
    """\
-- src/lib.rs --
pub struct Store;
#[no_mangle]
pub extern "C" fn store_sync(store: *mut Store) {}
#[no_mangle]
pub extern "C" fn store_peek(store: Option<&Store>) {}
pub fn inside(store: &mut Store) {}
-- c/store.h --
void store_sync(struct store *store);
""",
)

_REFERENCE = re.compile(r"^&(?!\s*(?:'\w+\s*)?(?:mut\s+)?(?:str\b|\[[^;]*\]$|dyn\b))")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each parameter of an export that is a reference."""
    for anchor, where, text in types_that_enter(codebase.program):
        if _REFERENCE.match(text):
            yield Hit(anchor.span, f"{anchor.name}: {where} is valid only if C says so: {text}")
