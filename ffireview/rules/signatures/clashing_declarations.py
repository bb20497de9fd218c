"""Rust declares one function of C in two ways

What: Two crates declare one symbol in `extern` blocks, with types that do not agree, and no C is at hand to tell which
is right. (Within one crate rustc warns.)
Why: At most one of them is true. The other passes what the function does not read, or reads what it does not return.
Instead: Declare it once, and use that declaration everywhere.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.agreement import Grade, Kind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity

PATTERN = "P19"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-TCONS",)
CWE = ("CWE-686",)
ADVISORIES = ()
OPERATIONS = ("ffi-call",)
SINCE = "0.2"
BAD = (
    """\
-- open/Cargo.toml --
[package]
name = "open"
-- other/Cargo.toml --
[package]
name = "other"
-- open/src/lib.rs --
extern "C" {
    fn vendor_open(id: i32, flags: u32) -> i32;
    fn vendor_size(id: i32) -> u64;
}
-- other/src/lib.rs --
extern "C" {
    fn vendor_open(id: i32) -> i32;                         //~ clashing-declarations
    fn vendor_size(id: i32) -> u32;                         //~ clashing-declarations
}
""",
)
GOOD = (
    """\
-- open/Cargo.toml --
[package]
name = "open"
-- other/Cargo.toml --
[package]
name = "other"
-- open/src/lib.rs --
use core::ffi::{c_char, c_int, c_void};
extern "C" {
    fn vendor_open(id: i32, name: *const c_char) -> i32;
    fn vendor_close(id: i32, how: *mut c_void);
    #[cfg(windows)]
    fn vendor_size(id: i32) -> u64;
}
-- other/src/lib.rs --
use core::ffi::{c_char, c_int, c_void};
extern "C" {
    fn vendor_open(id: c_int, name: *const u8) -> c_int;
    fn vendor_close(id: i32, how: *mut u32);
    #[cfg(not(windows))]
    fn vendor_size(id: i32) -> u32;
}
""",
)

_HARMLESS = frozenset({Kind.CONST, Kind.POINTEE, Kind.POINTER_DEPTH, Kind.FN_POINTER})
"""Differences that are a matter of how much a declaration says."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each declaration that is not like the first of its symbol."""
    for crossing in codebase.program.crossings:
        if crossing.foreign:
            continue
        for agreement in crossing.agreements:
            if codebase.crate_of(agreement.rust.path) == codebase.crate_of(agreement.foreign.path):
                continue
            grave = [d for d in agreement.differences if d.grade in (Grade.BREAKS, Grade.MAY_BREAK)]
            found = next((d for d in grave if d.kind not in _HARMLESS), None)
            if found is not None:
                message = f"{crossing.symbol}: {found.where}: `{found.rust}` here, `{found.foreign}` elsewhere"
                yield Hit(agreement.rust, message, (Label(agreement.foreign, "declared in another way"),))
