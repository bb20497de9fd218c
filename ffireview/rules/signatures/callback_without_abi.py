"""C is given a function pointer that it cannot call

What: A parameter or result of a function that C calls or implements is a plain `fn(..)`: a pointer to a function of
the Rust calling convention.
Why: C calls it by its own convention; arguments end up where the function does not look for them.
Instead: Write `extern "C" fn(..)`, in an `Option` where C may pass NULL.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.rules.crossing import types_that_cross

PATTERN = "P17"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MARKEDFUNPTR",)
CWE = ("CWE-686",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_each(visit: fn(u32));                  //~ callback-without-abi
}
-- c/store.h --
void store_each(void (*visit)(unsigned));
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_each(visit: Option<unsafe extern "C" fn(u32)>);
    fn store_visit(visit: extern "C" fn(u32));
}
fn each(visit: fn(u32)) {}
-- c/store.h --
void store_each(void (*visit)(unsigned));
""",
)

_BARE = re.compile(r"(?<![\w\"] )(?<![\w\"])(?:unsafe\s+)?\bfn\s*\((?!.*\bextern\b)")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each parameter or result that is a function pointer of the Rust ABI."""
    for anchor, where, text in types_that_cross(codebase.program):
        if found := _BARE.search(text):
            yield Hit(anchor.span, f"{anchor.name}: {where} points to a function that C cannot call: {found[0]}..)")
