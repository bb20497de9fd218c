"""One unsafe block does many different unsafe things

What: A single unsafe block holds six or more kinds of operations.
Why: One SAFETY text then has to argue for all of them, and the block covers safe code between, where a later edit can
do harm without a word.
Instead: A block for each obligation, with its own reason.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.facts import SiteKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.program import Area

PATTERN = "P88"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.AUDITOR
ANSSI = ()
CWE = ("CWE-1120",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub fn all(p: *mut u32, n: usize, raw: *mut Box<u32>, bytes: Vec<u8>) -> u32 {
    unsafe {                                              //~ many-operations-in-block
        let mut bytes = bytes;
        bytes.set_len(n);
        let values = std::slice::from_raw_parts(p, n);
        let boxed = Box::from_raw(raw);
        let text = std::str::from_utf8_unchecked(&bytes);
        let number: u32 = std::mem::transmute(*values.get_unchecked(0));
        std::ptr::write(p.add(n), **boxed);
        number + text.len() as u32
    }
}
""",
)
GOOD = (
    """\
pub fn few(p: *mut u32, n: usize) -> u32 {
    unsafe {
        let values = std::slice::from_raw_parts(p, n);
        *values.get_unchecked(0) + *values.get_unchecked(1) + *values.get_unchecked(2)
    }
}
pub fn apart(p: *mut u32, n: usize, raw: *mut Box<u32>) -> u32 {
    let first = unsafe { *p };
    let second = unsafe { *p.add(n) };
    let boxed = unsafe { Box::from_raw(raw) };
    first + second + **boxed
}
""",
)

MANY = 6
"""Kinds of operations from which on a block is told."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such block outside tests."""
    for site in codebase.program.sites:
        kinds = {operation.id for operation in site.operations}
        if site.kind is SiteKind.UNSAFE_BLOCK and site.area is Area.LIBRARY and len(kinds) >= MANY:
            yield Hit(site.span, f"{len(kinds)} kinds of unsafe operations share one block of {site.lines} lines")
