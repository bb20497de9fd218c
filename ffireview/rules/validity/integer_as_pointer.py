"""A safe function uses a number of its caller as an address

What: An integer parameter of a public safe function is cast to a pointer, and the pointer is dereferenced or made a
reference, with nothing asked about it.
Why: Any number may be given, without a word of `unsafe` at the caller: it reads or writes memory of the caller's
choice.
Instead: Make the function `unsafe` and say what the number must be, or take a type that only a checked function makes.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.body import Formal
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import asked_about, dereferences, is_integer, is_open, reviewed, whole_parameter

PATTERN = "P57 P87"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("LANG-UNSAFE-ENCP",)
CWE = ("CWE-822",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub struct Ring { len: u32 }
pub fn peek(at: usize) -> u8 {
    unsafe { *(at as *const u8) }                           //~ integer-as-pointer
}
pub fn ring(handle: u64) -> u32 {
    let ring = unsafe { &*(handle as *const Ring) };        //~ integer-as-pointer
    ring.len
}
""",
)
GOOD = (
    """\
pub struct Ring { len: u32 }
pub unsafe fn peek(at: usize) -> u8 { *(at as *const u8) }
fn inner(at: usize) -> u8 { unsafe { *(at as *const u8) } }
pub fn checked(at: usize) -> u8 {
    if at < START || at >= END { return 0; }
    unsafe { *(at as *const u8) }
}
pub fn address(at: usize) -> *const u8 { at as *const u8 }
pub fn nth(table: &[u8], at: usize) -> u8 { table[at] }
pub unsafe extern "C" fn called(handle: u64) -> u32 { (*(handle as *const Ring)).len }
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each number, at its first use as an address."""
    for code in reviewed(codebase):
        waiting = {id(formal) for formal in code.body.parameters if is_integer(formal.type)} if is_open(code) else set()
        for pointer, use in dereferences(code) if waiting else ():
            found = whole_parameter(code, pointer)
            if found is None or id(found.node) not in waiting or not any(s.startswith("as *") for s in found.steps):
                continue
            waiting.remove(id(found.node))
            if isinstance(found.node, Formal) and not asked_about(code, found.node, use):
                told = f"safe code may call `{code.body.name}` with any `{found.name}`, which is used as an address"
                yield Hit(Span.of(code.path, use.at), told)
