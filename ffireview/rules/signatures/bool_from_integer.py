"""Rust reads a bool from an integer of C

What: One side of a call says `bool`, the other an integer type.
Why: A Rust `bool` is 0 or 1; C gives any number that is not 0 for true. Another bit pattern in a `bool` is
undefined behaviour, and comparisons go either way.
Instead: Declare the integer type in Rust and compare with 0, or return `bool` in C.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.agreement import Grade, Kind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity

PATTERN = "P15"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CKNONROBUST",)
CWE = ("CWE-843",)
ADVISORIES = ()
OPERATIONS = ("ffi-call",)
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_has(id: i32) -> bool;              //~ bool-from-integer
}
-- c/store.h --
int store_has(int id);
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_has(id: i32) -> i32;
    fn store_is(id: i32) -> bool;
}
-- c/store.h --
#include <stdbool.h>
int store_has(int id);
bool store_is(int id);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first `bool` beside an integer, unless the whole call breaks, which another rule tells."""
    for crossing in codebase.program.crossings:
        for agreement in crossing.agreements:
            found = next((d for d in agreement.differences if d.kind is Kind.BOOL), None)
            if found is not None and found.grade is Grade.MAY_BREAK:
                message = f"{crossing.symbol}: {found.where}: {found.effect}"
                yield Hit(agreement.rust, message, (Label(agreement.foreign, "an integer here"),))
