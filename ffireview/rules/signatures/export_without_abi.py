"""An exported symbol is called by a convention that C does not know

What: `#[no_mangle]` or `#[export_name]` on a function without `extern "C"`: it has the Rust calling convention.
Why: That convention is not specified and may change with any compiler. C passes arguments by its own; it works
until it does not.
Instead: Write `pub extern "C" fn`, or leave the attribute out if nothing but Rust calls it.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.facts import Entity, Role
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.program import Crossing, Direction, Status

PATTERN = "P21"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-474",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub fn store_size(id: i32) -> u32 { id as u32 }     //~ export-without-abi
-- c/store.h --
unsigned store_size(int id);
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_size(id: i32) -> u32 { id as u32 }
-- c/store.h --
unsigned store_size(int id);
""",
    """\
-- src/lib.rs --
#[no_mangle]
pub fn rust_hook(id: i32) -> u32 { id as u32 }
""",
    """\
-- src/lib.rs --
#[no_mangle]
pub fn rust_error(id: i32) -> u32 { id as u32 }
-- c/exports.c --
#define EXPORT_RUST(symbol) extern int symbol; EXPORT_SYMBOL(symbol)
EXPORT_RUST(rust_error);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each export of the Rust ABI that C declares or calls."""
    for crossing in codebase.program.crossings:
        if crossing.direction is Direction.C_TO_RUST and crossing.status is Status.LINKED and _is_called(crossing):
            for anchor in crossing.rust:
                if anchor.role is Role.EXPORT and anchor.abi == "Rust" and anchor.signature is not None:
                    message = f"{crossing.symbol} has the Rust calling convention, and C calls it by its own"
                    yield Hit(anchor.span, message)


def _is_called(crossing: Crossing) -> bool:
    """Whether C declares the symbol as a function or calls it: a name in a list of exports is neither."""
    return any(a.entity is Entity.FUNCTION for a in crossing.foreign) or any(u.role == "call" for u in crossing.uses)
