"""A suppression that cannot be followed

What: A comment that begins with `ffireview:` is not of the form `allow(rule) -- reason [until=YYYY-MM-DD]`: it has no
  reason, names a rule that does not exist, or a date that is none.
Why: It suppresses nothing, though whoever wrote it believes that it does.
Instead: Write the names of the rules, two hyphens and why the code is right, all on one line.
"""

from collections.abc import Iterator

from ffireview.model.finding import Confidence, Hit, Persona, Severity
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
pub fn first(v: &[u8], n: usize) -> u8 {
    // ffireview: allow(parameter-unchecked-access)                         //~ malformed-suppression
    unsafe { *v.get_unchecked(n) }
}
pub fn second(v: &[u8], n: usize) -> u8 {
    // ffireview: allow(parameter-uncheked-access) -- n is below the length //~ malformed-suppression
    unsafe { *v.get_unchecked(n) }
}
pub fn third(v: &[u8], n: usize) -> u8 {
    // ffireview: allow(parameter-unchecked-access) -- until the rewrite [until=soon] //~ malformed-suppression
    unsafe { *v.get_unchecked(n) }
}
""",
)
GOOD = (
    """\
pub fn first(v: &[u8], n: usize) -> u8 {
    // ffireview: allow(parameter-unchecked-access) -- every caller has `n` from `position` of the same slice
    unsafe { *v.get_unchecked(n) }
}
""",
)


def check(judged: Judged) -> Iterator[Hit]:
    """A hit for each fault."""
    for fault in judged.faults:
        yield Hit(judged.suppression.span, f"suppresses nothing: {fault}")
