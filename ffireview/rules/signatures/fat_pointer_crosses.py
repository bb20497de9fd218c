"""A pointer of two words crosses to C

What: A slice, `str` or trait object stands behind a reference, pointer or `Box` in a signature that C calls or
implements.
Why: Such a pointer is an address and a length or a table of methods; C has no type for the pair, and how it is
passed is not specified.
Instead: Pass the address and the length as two parameters, or a pointer to a struct that holds both.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.rules.crossing import types_that_cross

PATTERN = "P23"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CTYPE",)
CWE = ("CWE-843",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_name(name: &str) {}         //~ fat-pointer-crosses
extern "C" {
    fn store_all(keys: *const [u32]);               //~ fat-pointer-crosses
}
-- c/store.h --
void store_name(const char *name);
void store_all(const unsigned *keys);
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_name(name: *const u8, len: usize) {}
extern "C" {
    fn store_all(keys: *const [u32; 4]);
    fn store_each(f: Option<extern "C" fn(*const u8)>);
}
pub fn inside(name: &str) {}
#[wasm_bindgen]
extern "C" { fn console_log(text: &str); }
-- c/store.h --
void store_all(const unsigned *keys);
""",
)

_FAT = re.compile(
    r"(?:&\s*(?:'\w+\s*)?(?:mut\s+)?|\*\s*(?:const|mut)\s+|Box\s*<\s*|NonNull\s*<\s*)(?:str\b|\[[^;\]]*\]|dyn\b)"
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each parameter or result that is a fat pointer."""
    for anchor, where, text in types_that_cross(codebase.program):
        if found := _FAT.search(text):
            yield Hit(anchor.span, f"{anchor.name}: {where} is a pointer of two words: {found[0]}")
