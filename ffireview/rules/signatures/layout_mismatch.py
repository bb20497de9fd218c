"""Rust and C lay out a record or number an enum differently

What: A type that both languages define under one name has other fields, other widths, another order or other
values.
Why: Each side reads and writes at the offsets that its own definition gives: a field lands in the middle of
another, and a record that C fills may be larger than the room that Rust made.
Instead: Keep the definitions field by field the same, with `#[repr(C)]`, or have one made from the other.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.agreement import Grade
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity

PATTERN = "P10 P12"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-TCONS", "FFI-CTYPE")
CWE = ("CWE-843", "CWE-119")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub struct store { id: i32, size: u32 }         //~ layout-mismatch
extern "C" { fn store_init(s: *mut store); }
-- c/store.h --
#include <stdint.h>
struct store { int32_t id; uint64_t size; };
void store_init(struct store *s);
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub struct store { id: i32, size: u64 }
extern "C" { fn store_init(s: *mut store); }
-- c/store.h --
#include <stdint.h>
struct store { int32_t id; uint64_t size; };
void store_init(struct store *s);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first grave difference of each type."""
    for entry in codebase.program.types:
        worst = next((d for d in entry.agreement.differences if d.grade is Grade.BREAKS), None)
        if worst is not None:
            message = f"{entry.kind} {entry.name}: {worst.where}: {worst.effect}"
            yield Hit(entry.agreement.rust, message, (Label(entry.agreement.foreign, "laid out differently here"),))
