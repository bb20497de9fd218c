"""A variable of C is declared as if it never changed

What: `extern { static x: T; }` without `mut`, for a C variable that is not `const`.
Why: The compiler may read an immutable static once and keep the value; a write by C is then not seen, or is a data race
that safe code (`safe static`) takes part in.
Instead: `static mut` and volatile or atomic reads, or a cell type such as `UnsafeCell<T>` or `AtomicI32`.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.agreement import Kind
from ffireview.model.facts import Entity
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.program import Anchor

PATTERN = "P22"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-TCONS",)
CWE = ("CWE-362",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    static store_level: i32;                                //~ static-may-change
}
-- c/store.h --
extern int store_level;
""",
)
GOOD = (
    """\
-- src/lib.rs --
use core::sync::atomic::AtomicI32;
pub enum Table {}
extern "C" {
    static mut store_level: i32;
    static store_max: i32;
    static store_count: AtomicI32;
    static store_table: Table;
    static store_end: [u8; 0];
}
-- c/store.h --
extern int store_level;
extern const int store_max;
extern int store_count;
extern struct Table store_table;
extern char store_end[];
""",
)

_NOTHING = re.compile(r"\[.*;\s*0\s*\]|\(\)|c_void|(?:\w+::)*c_void|fn\b.*|(?:unsafe\s+)?extern\b.*")
_CELL = re.compile(r"\b(?:Atomic\w*|\w*Cell|Mutex|RwLock|Once\w*)\b")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each immutable static of a type that has a value, whose C side is not `const`."""
    for crossing in codebase.program.crossings:
        declared = {anchor.span: anchor for anchor in crossing.rust if anchor.entity is Entity.STATIC}
        for agreement in crossing.agreements:
            if not any(d.kind is Kind.MUTABILITY for d in agreement.differences):
                continue
            if agreement.rust in declared and _has_value(codebase, declared[agreement.rust]):
                message = f"{crossing.symbol}: C may write what Rust takes for constant"
                yield Hit(agreement.rust, message, (Label(agreement.foreign, "not const here"),))


def _has_value(codebase: Codebase, anchor: Anchor) -> bool:
    """Whether Rust can read the static: it is no cell, and no mere mark of an address."""
    written = anchor.text.partition(":")[2].strip()
    if _NOTHING.fullmatch(written) or _CELL.search(written):
        return False
    found = codebase.meant(written, codebase.crate_of(anchor.span.path))
    return not found or any(fact.fields or (fact.values and not fact.generic) for fact in found)
