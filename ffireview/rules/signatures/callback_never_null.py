"""C may pass NULL where Rust says that it never does

What: An exported function takes `extern "C" fn(..)`, not an `Option` of it.
Why: A function pointer of Rust is never null; if C passes NULL, the value is invalid before the first line of the
function runs, and a later test for null is removed.
Instead: Take `Option<extern "C" fn(..)>`: it has the same layout, and `None` is NULL.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.rules.crossing import types_that_enter

PATTERN = "P16"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-CKFUNPTR",)
CWE = ("CWE-476",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_hook(hook: unsafe extern "C" fn(u32)) {}    //~ callback-never-null
-- c/store.h --
void store_hook(void (*hook)(unsigned));
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_hook(hook: Option<unsafe extern "C" fn(u32)>) {}
extern "C" { fn c_hook(hook: unsafe extern "C" fn(u32)); }
-- c/store.h --
void store_hook(void (*hook)(unsigned));
void c_hook(void (*hook)(unsigned));
""",
)

_POINTER = re.compile(r"^(?:for\s*<[^>]*>\s*)?(?:unsafe\s+)?extern\s*(?:\"[^\"]*\"\s*)?fn\s*\(")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each parameter of an export that is a bare function pointer."""
    for anchor, where, text in types_that_enter(codebase.program):
        if _POINTER.match(text):
            yield Hit(anchor.span, f"{anchor.name}: {where} may be NULL when C calls")
