"""A suppression that is past its date

What: The date behind `until=` has passed. What the comment suppressed is shown again.
Why: Someone promised to come back to it by then.
Instead: Mend what it suppresses, or look at it anew and write a later date.
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
    // ffireview: allow(parameter-unchecked-access) -- replaced in 2.0 [until=2020-01-31]   //~ expired-suppression
    unsafe { *v.get_unchecked(n) }
}
""",
)
GOOD = (
    """\
pub fn first(v: &[u8], n: usize) -> u8 {
    // ffireview: allow(parameter-unchecked-access) -- replaced in 2.0 [until=2999-01-31]
    unsafe { *v.get_unchecked(n) }
}
""",
)


def check(judged: Judged) -> Iterator[Hit]:
    """A hit for a date that has passed."""
    if judged.expired:
        yield Hit(judged.suppression.span, f"expired after {judged.expired}: what it suppressed is shown again")
