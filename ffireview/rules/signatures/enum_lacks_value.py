"""C has a value that the Rust enum of its name lacks

What: An enum of both languages has more enumerators in C, and C gives Rust values of it: as a result, through a
pointer, or as a parameter of a callback or export.
Why: The day C gives that value, Rust holds an enum that is none of its variants: undefined behaviour, often a jump to
nowhere in a `match`.
Instead: Add the variants, or let an integer cross and refuse what is not known.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.agreement import Kind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import given_by_c

PATTERN = "P10 P13"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-NOENUM", "FFI-TCONS")
CWE = ("CWE-843",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub enum device_state { IDLE, BUSY }                        //~ enum-lacks-value
extern "C" {
    fn device_ask(id: i32) -> device_state;
}
-- c/device.h --
enum device_state { IDLE, BUSY, BROKEN };
enum device_state device_ask(int id);
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub enum device_state { IDLE, BUSY }
#[repr(C)]
pub enum device_mode { SLOW, FAST }
#[repr(C)]
pub enum device_kind { DISK = 1, TAPE = 2, FLOPPY = 2 + 1 }
extern "C" {
    fn device_ask(id: i32) -> device_state;
    fn device_set(id: i32, mode: device_mode);
    fn device_what(id: i32) -> device_kind;
}
-- c/device.h --
enum device_state { IDLE, BUSY, DEVICE_STATE_COUNT };
enum device_mode { SLOW, FAST, TURBO };
enum device_kind { TAPE = 2, DISK = 1, FLOPPY, DISKETTE = FLOPPY };
enum device_state device_ask(int id);
void device_set(int id, enum device_mode mode);
enum device_kind device_what(int id);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each enum that C gives and that lacks a value."""
    lacking = {
        entry.agreement.rust: (entry, difference)
        for entry in codebase.program.types
        for difference in entry.agreement.differences
        if difference.kind is Kind.ENUM
    }
    given = _given(codebase) if lacking else set()
    for span, (entry, difference) in lacking.items():
        if span in given:
            label = Label(entry.agreement.foreign, f"has {difference.foreign}"[:40])
            yield Hit(span, f"enum {entry.name}: {difference.effect}", (label,))


def _given(codebase: Codebase) -> set[Span]:
    """Where the types are defined that C gives by value."""
    found = set()
    for anchor, _, text in given_by_c(codebase.program):
        crate = codebase.crate_of(anchor.span.path)
        found |= {(fact.name, fact.at) for fact in codebase.meant(text, crate)}
    return {
        Span.of(file.path, fact.at) for file in codebase.program.code for fact in file.types
        if (fact.name, fact.at) in found
    }  # fmt: skip
