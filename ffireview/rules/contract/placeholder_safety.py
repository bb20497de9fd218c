"""The text that should argue for safety says nothing

What: A SAFETY comment or `# Safety` section holds only a placeholder: TODO, "trust me", "FFI call".
Why: A reviewer who counts comments takes the site for argued, and nobody comes back to it.
Instead: Name each obligation of the operations and why it holds here, or leave the comment out.
"""

from collections.abc import Iterator

from ffireview.extract.rust.safety import says_nothing
from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity

PATTERN = "P83"
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
    // SAFETY: TODO
    unsafe { *p }                       //~ placeholder-safety
}
pub fn second(p: *const u8) -> u8 {
    // SAFETY: trust me
    unsafe { *p }                       //~ placeholder-safety
}
""",
)
GOOD = (
    """\
pub fn first(p: &u8) -> u8 {
    // SAFETY: a reference is valid for reads.
    unsafe { *(p as *const u8) }
}
pub fn second(p: *const u8) -> u8 {
    unsafe { *p }
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each site whose text is a placeholder."""
    for site in codebase.program.sites:
        if site.safety is not None and says_nothing(site.safety.text):
            yield Hit(site.span, f"its SAFETY text is only `{' '.join(site.safety.text.split())[:40]}`")
