"""A C++ exception or longjmp may pass over Rust

What: Rust declares a function with the ABI `"C"`, and its C or C++ definition throws or calls `longjmp`.
Why: `"C"` promises that nothing unwinds out of the call. An exception that arrives there aborts the process or is
undefined behaviour; a `longjmp` over frames with destructors leaves locks held and memory half changed.
Instead: Catch in C++ and return an error, or declare the function `extern "C-unwind"` and keep the frames between
plain.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.effects import Effect, EffectKind
from ffireview.model.facts import Role
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.program import Crossing, Direction, Via

PATTERN = "P71"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-NOPANIC",)
CWE = ("CWE-248",)
ADVISORIES = ()
OPERATIONS = ("ffi-call",)
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_check(n: i32) -> i32;               //~ throws-over-rust
    fn store_leave(n: i32);                      //~ throws-over-rust
}
pub fn check(n: i32) -> i32 { unsafe { store_leave(n); store_check(n) } }
-- c/store.cc --
#include <stdexcept>
#include <setjmp.h>
static jmp_buf out;
extern "C" int store_check(int n) {
    if (n < 0) throw std::runtime_error("negative");
    return n;
}
extern "C" void store_leave(int n) { if (n) longjmp(out, 1); }
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_caught(n: i32) -> i32;
    fn store_plain(n: i32) -> i32;
}
extern "C-unwind" { fn store_check(n: i32) -> i32; }
pub fn check(n: i32) -> i32 { unsafe { store_check(n) + store_caught(n) + store_plain(n) } }
-- c/store.cc --
#include <stdexcept>
extern "C" int store_check(int n) {
    if (n < 0) throw std::runtime_error("negative");
    return n;
}
extern "C" int store_caught(int n) {
    try { if (n < 0) throw std::runtime_error("negative"); } catch (...) { return -1; }
    return n;
}
extern "C" int store_plain(int n) { return n; }
""",
)

_LEAVES = {EffectKind.THROWS: "throws", EffectKind.LONGJMP: "calls `longjmp`"}


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first such declaration of each symbol that Rust calls."""
    for crossing in codebase.program.crossings:
        found = _leaves(crossing) if crossing.direction is Direction.RUST_TO_C and crossing.via is not Via.CXX else None
        for anchor in crossing.rust if found else ():
            if found and anchor.role is Role.IMPORT and not anchor.abi.endswith("-unwind"):
                message = f"`{crossing.symbol}` {_LEAVES[found.kind]}, and is declared as one that never unwinds"
                yield Hit(anchor.span, message, (Label(found.span, "left here"),))
                break


def _leaves(crossing: Crossing) -> Effect | None:
    """The place where control leaves every definition of a symbol other than by its end."""
    found = [next((one for one in done.control if one.kind in _LEAVES), None) for done in crossing.effects]
    return found[0] if found and all(found) else None
