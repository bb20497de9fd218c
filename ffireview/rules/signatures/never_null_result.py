"""Rust says that a function of C never returns null

What: An imported function is declared to return a reference, `NonNull`, a `Box` or a function pointer without `Option`.
Why: A null in such a type is undefined behaviour, and the compiler removes the test for it. Nothing in C keeps a
function from returning NULL when memory runs out or nothing is found.
Instead: `Option<&T>`, `Option<NonNull<T>>`, or a raw pointer.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.rules.crossing import CALLED_BY_C, called, labels

PATTERN = "P16 P45"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.LOW
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CK-REF-MODEL", "FFI-CKFUNPTR")
CWE = ("CWE-476",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
pub struct Store;
extern "C" {
    fn store_open(id: i32) -> &'static mut Store;                   //~ never-null-result
    fn store_find(id: i32) -> core::ptr::NonNull<Store>;            //~ never-null-result
    fn store_hook() -> extern "C" fn(i32);                          //~ never-null-result
}
-- c/store.c --
struct Store *store_open(int id) { return id ? stores[id] : NULL; }
struct Store *store_find(int id);
""",
)
GOOD = (
    """\
-- src/lib.rs --
pub struct Store;
extern "C" {
    fn store_open(id: i32) -> Option<&'static mut Store>;
    fn store_hook() -> Option<extern "C" fn(i32)>;
    fn store_find(id: i32) -> *mut Store;
    fn store_first() -> &'static Store;
}
-- c/store.c --
static struct Store first;
struct Store *store_open(int id) { return id ? stores[id] : 0; }
struct Store *store_first(void) { return &first; }
""",
)

_NEVER_NULL = re.compile(r"^(?:&|(?:\w+::)*(?:NonNull|Box)\s*<|(?:unsafe\s+)?extern\s*(?:\"[^\"]*\"\s*)?fn\s*\()")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such import whose C side may return NULL; with low confidence where no C side was read."""
    for symbol, function in called(codebase.program).items():
        null = function.null
        for anchor in function.imports:
            written = anchor.signature.returns if anchor.signature else ""
            if not _NEVER_NULL.match(written) or anchor.abi not in CALLED_BY_C or (function.known and not null):
                continue
            told = "returns null at times" if null else "may return null for all that is known"
            confidence = Confidence.HIGH if null else None
            message = f"{symbol} {told}; the result is declared as {written}"
            yield Hit(anchor.span, message, labels(null, "returns NULL"), confidence)
