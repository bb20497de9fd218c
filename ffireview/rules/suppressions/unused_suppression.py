"""A suppression that nothing needs

What: A suppression names a rule that finds nothing on the lines that the comment speaks for.
Why: The flaw was mended, or the code moved away from its comment; the next flaw that comes there is hidden from the
  first day.
Instead: Remove it, or put it back above the line of the finding.
"""

from collections.abc import Iterator

from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.suppression import Judged

PATTERN = ""
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-1116",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub fn first(v: &[u8]) -> u8 {
    // ffireview: allow(parameter-unchecked-access) -- n is below the length    //~ unused-suppression
    v[0]
}
pub fn second(v: &[u8], n: usize) -> u8 {
    // ffireview: allow(parameter-unchecked-access) -- n is below the length    //~ unused-suppression
    let w = v;
    unsafe { *v.get_unchecked(n) }                                              //~? it finds something here
}
""",
)
GOOD = (
    """\
pub fn first(v: &[u8], n: usize) -> u8 {
    // ffireview: allow(parameter-unchecked-access) -- n is below the length
    unsafe { *v.get_unchecked(n) }
}
""",
)


def check(judged: Judged) -> Iterator[Hit]:
    """A hit for each of its rules that finds nothing there, with the place where it does."""
    for rule, near in judged.unused:
        labels = (Label(near, "it finds something here"),) if near is not None else ()
        yield Hit(judged.suppression.span, f"`{rule}` finds nothing here", labels)
