"""Rust calls by another convention than C declares

What: The C declaration says `__stdcall`, `__fastcall`, `ms_abi` or the like, and the Rust one has another ABI.
Why: Arguments are looked for in other registers, or the stack is cleaned up twice or not at all.
Instead: `extern "system"`, `"stdcall"`, `"fastcall"`, `"win64"` or `"sysv64"`, as C says.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.facts import Role
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.program import Direction, Via

PATTERN = "P25"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-TCONS",)
CWE = ("CWE-686",)
ADVISORIES = ()
OPERATIONS = ("ffi-call",)
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_put(key: i32) -> i32;                              //~ calling-convention-differs
    fn store_wide(key: i64) -> i64;                             //~ calling-convention-differs
}
#[no_mangle]
pub extern "C" fn store_changed(key: i32) {}                    //~ calling-convention-differs
-- c/store.h --
int __stdcall store_put(int key);
long long store_wide(long long key) __attribute__((ms_abi));
void WINAPI store_changed(int key);
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "system" {
    fn store_put(key: i32) -> i32;
}
extern "win64" {
    fn store_wide(key: i64) -> i64;
}
extern "C" {
    fn store_get(key: i32) -> i32;
    fn store_any(key: i32) -> i32;
}
-- c/store.h --
int WINAPI store_put(int key);
long long store_wide(long long key) __attribute__((ms_abi));
int store_get(int key); /* never __stdcall */
#ifdef _WIN32
int __stdcall store_any(int key);
#else
int store_any(int key);
#endif
""",
)

_WORD = re.compile(r"(?:^| )_{0,2}([a-z]+_?[a-z]+|WINAPI|APIENTRY|NTAPI|STDMETHODCALLTYPE)_{0,2}$")
_SYSTEM = frozenset({"stdcall", "system", "stdcall-unwind", "system-unwind"})
_ABIS = {
    "stdcall": _SYSTEM, "WINAPI": _SYSTEM, "APIENTRY": _SYSTEM, "NTAPI": _SYSTEM, "STDMETHODCALLTYPE": _SYSTEM,
    "fastcall": frozenset({"fastcall", "fastcall-unwind"}), "vectorcall": frozenset({"vectorcall"}),
    "thiscall": frozenset({"thiscall"}), "ms_abi": frozenset({"win64", "efiapi"}), "sysv_abi": frozenset({"sysv64"}),
}  # fmt: skip
"""Which ABIs of Rust a word of C stands for."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each Rust declaration whose ABI is none of those that every C declaration of the symbol asks for."""
    for crossing in codebase.program.crossings:
        if crossing.direction is Direction.RUST_TO_RUST or crossing.via in (Via.CXX, Via.CALLBACK):
            continue
        told = [(anchor, _word(anchor.how)) for anchor in crossing.foreign if anchor.signature is not None]
        if not told or any(word not in _ABIS for _, word in told):
            continue
        for rust in crossing.rust:
            wrong = [(anchor, word) for anchor, word in told if rust.abi not in _ABIS[word]]
            if rust.role in (Role.IMPORT, Role.EXPORT) and len(wrong) == len(told):
                message = f'{crossing.symbol}: `extern "{rust.abi}"` here, {wrong[0][1]} in C'
                yield Hit(rust.span, message, (Label(wrong[0][0].span, "another calling convention"),))


def _word(how: str) -> str:
    found = _WORD.search(how)
    return found[1] if found else ""
