"""An unsafe site has no SAFETY text

What: Nothing beside an unsafe block or impl says why its obligations hold, or nothing at a public unsafe function what
they are. Where most of a tree is without, that
is one finding for the tree.
Why: The next reader has to find the argument again, and cannot tell a mistake from a decision. Bugs are no rarer where
there is a text: it is an aid for review, not a proof.
Instead: Write `// SAFETY:` with a reason for each operation.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.rules.reach import is_documented, promised

PATTERN = "P80 P82"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.PEDANTIC
ANSSI = ()
CWE = ("CWE-1116",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub fn first(p: *const u8) -> u8 {
    unsafe { *p }                                        //~ undocumented-unsafe
}
pub fn second(p: *const u8) -> u8 { unsafe { *p.add(1) } }
pub fn third(p: *const u8) -> u8 { unsafe { *p.add(2) } }
""",
    """\
pub struct Handle(*mut u8);
// SAFETY: the library may be called from any thread.
unsafe impl Send for Handle {}
unsafe impl Sync for Handle {}                           //~ undocumented-unsafe
impl Handle {
    // SAFETY: the pointer came from the library and is not null.
    pub fn one(&self) -> u8 { unsafe { *self.0 } }
    pub fn two(&self) -> u8 {
        // SAFETY: as above, and there are two bytes.
        unsafe { *self.0.add(1) }
    }
    pub fn three(&self) -> u8 {
        // SAFETY: as above, and there are three bytes.
        unsafe { *self.0.add(2) }
    }
}
""",
)
GOOD = (
    """\
pub fn first(p: &u8) -> u8 {
    // SAFETY: a reference is valid for reads.
    unsafe { *(p as *const u8) }
}
/// # Safety
/// `p` is valid.
pub unsafe fn second(p: *const u8) -> u8 { *p }
#[cfg(test)]
mod tests {
    #[test]
    fn reads() { assert_eq!(unsafe { super::second(&1) }, 1); }
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each site of a tree that documents most of them; otherwise one hit."""
    told, untold = promised(codebase.program)
    if is_documented(len(told), len(untold)):
        for site in untold:
            yield Hit(site.span, "most unsafe sites here have a SAFETY text, this one has none")
    elif untold:
        share = Label(untold[0].span, f"{len(untold)} of {len(told) + len(untold)} have none")
        more = (Label(site.span, "and here") for site in untold[1:4])
        yield Hit(untold[0].span, "unsafe sites here have no SAFETY text", (share, *more))
