"""A few unsafe sites have no SAFETY text where the others do

What: The tree documents most of its unsafe blocks, impls and public functions, and some have no SAFETY text. One
finding tells the share and the first places.
Why: Where a text is the rule, a site without one is mostly a site that nobody has argued about: it came in a hurry,
or by a change of tool.
Instead: Write for each operation why its obligation holds here. `undocumented-unsafe` lists every place.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.rules.reach import is_documented, promised

PATTERN = "P80 P82"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-1116",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    "".join(
        f"pub fn read_{n}(p: &u8) -> u8 {{\n    // SAFETY: a reference is valid for reads.\n"
        f"    unsafe {{ *(p as *const u8).add({n}) }}\n}}\n"
        for n in range(19)
    )
    + "pub fn last(p: &u8) -> u8 {\n    unsafe { *(p as *const u8) }      //~ safety-text-left-out\n}\n",
)
GOOD = (
    """\
pub fn first(p: *const u8) -> u8 { unsafe { *p } }
pub fn second(p: *const u8) -> u8 { unsafe { *p.add(1) } }
pub fn third(p: *const u8) -> u8 { unsafe { *p.add(2) } }
""",
    "".join(
        f"pub fn read_{n}(p: &u8) -> u8 {{\n    // SAFETY: a reference is valid for reads.\n"
        f"    unsafe {{ *(p as *const u8).add({n}) }}\n}}\n"
        for n in range(20)
    ),
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """One hit for a tree that documents most of its sites, at the first without a text."""
    told, untold = promised(codebase.program)
    if untold and is_documented(len(told), len(untold)):
        share = Label(untold[0].span, f"{len(untold)} of {len(told) + len(untold)} have none")
        more = (Label(site.span, "and here") for site in untold[1:6])
        yield Hit(untold[0].span, "some unsafe sites have no SAFETY text, nearly all others do", (share, *more))
