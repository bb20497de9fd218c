"""C may write through a pointer that Rust declares as read-only

What: The Rust declaration takes `*const T` or `&T` where the C parameter is a pointer to something that is not
`const`.
Why: Rust code then passes the address of an immutable value, which the compiler assumes never to change; C writes
it.
Instead: Declare `*mut T`, or add the `const` in C if it really only reads.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.agreement import Kind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity

PATTERN = "P06"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-CK-REF-MODEL",)
CWE = ("CWE-843",)
ADVISORIES = ()
OPERATIONS = ("ffi-call",)
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_fill(out: *const u8);              //~ const-lost
}
-- c/store.h --
void store_fill(unsigned char *out);
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_fill(out: *mut u8);
    fn store_sum(data: *const u8) -> u32;
}
-- c/store.h --
void store_fill(unsigned char *out);
unsigned store_sum(const unsigned char *data);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first lost `const` of each pair of declarations."""
    for crossing in codebase.program.crossings:
        for agreement in crossing.agreements:
            lost = next((d for d in agreement.differences if d.kind is Kind.CONST), None)
            if lost is not None:
                message = f"{crossing.symbol}: {lost.where}: {lost.effect}"
                yield Hit(agreement.rust, message, (Label(agreement.foreign, "not const here"),))
