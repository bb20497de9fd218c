"""Rust and C declare a function or variable differently

What: The two sides of a symbol disagree on how many arguments there are, how wide or of what kind one of them is,
what comes back, or how it is called.
Why: Neither compiler sees both declarations, and the linker compares names only. The callee reads registers or
memory that the caller did not fill, or writes more than the caller made room for.
Instead: Make the Rust declaration say what the C header says, with the types of `core::ffi` for C's own, or have it
made by bindgen or cbindgen.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.agreement import Grade
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P01 P02 P03 P04 P05 P07 P08 P20b P25"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-TCONS", "FFI-PFTYPE", "FFI-AUTOMATE")
CWE = ("CWE-686", "CWE-843")
ADVISORIES = ()
OPERATIONS = ("ffi-call",)
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_put(key: u32) -> i32;              //~ signature-mismatch
}
-- c/store.h --
int store_put(unsigned key, unsigned value);    //~? declared differently here
""",
    """\
-- src/lib.rs --
extern "C" {
    fn store_skip(bytes: u32) -> i32;           //~ signature-mismatch
}
-- c/store.h --
#include <stddef.h>
int store_skip(size_t bytes);
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_put(key: core::ffi::c_uint, value: core::ffi::c_uint) -> core::ffi::c_int;
    fn store_skip(bytes: usize) -> i32;
}
-- c/store.h --
#include <stddef.h>
int store_put(unsigned key, unsigned value);
int store_skip(size_t bytes);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the gravest difference of each Rust declaration whose calls break, with all that C declares. Two
    declarations in Rust have a rule of their own."""
    for crossing in codebase.program.crossings:
        found: dict[tuple[Span, str], list[Label]] = {}
        rust = {anchor.span for anchor in crossing.rust}
        for agreement in crossing.agreements:
            if agreement.foreign in rust:
                continue
            worst = next((d for d in agreement.differences if d.grade is Grade.BREAKS), None)
            if worst is not None:
                message = f"{crossing.symbol}: {worst.where}: {worst.effect}"
                label = Label(agreement.foreign, "declared differently here")
                found.setdefault((agreement.rust, message), []).append(label)
        for (span, message), labels in found.items():
            yield Hit(span, message, tuple(sorted(labels)))
