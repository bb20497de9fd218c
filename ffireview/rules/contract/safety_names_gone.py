"""A SAFETY text names something that is not there

What: The text beside an unsafe site names a variable, field or function in backticks, and no unsafe code of the
repository, nothing that such code uses, and no type has that name.
Why: The argument was written for other code: something was renamed or removed since, and nobody asked whether the
reason still holds.
Instead: Read the obligation again, and write what makes it hold now.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.facts import SafetyNote
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.program import Area, Program

PATTERN = "P84"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ()
CWE = ("CWE-1116",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub fn first(values: &[u8], at: usize) -> u8 {
    assert!(at < values.len());
    // SAFETY: `byte_index` was compared with the length above.
    unsafe { *values.get_unchecked(at) }                              //~ safety-names-gone
}
pub struct List { first: *mut u8 }
impl List {
    pub fn get(&self) -> u8 {
        // SAFETY: `self.head_ptr` is set by `Self::new_checked()` and never changes.
        unsafe { *self.first }                                        //~ safety-names-gone
    }
}
""",
)
GOOD = (
    """\
pub fn first(values: &[u8], byte_index: usize) -> u8 {
    assert!(byte_index < values.len());
    // SAFETY: `byte_index` was compared with the length of `values` above, as `get_unchecked` wants it.
    unsafe { *values.get_unchecked(byte_index) }
}
pub struct List { first_node: *mut u8 }
impl List {
    pub fn get(&self) -> u8 {
        // SAFETY: `self.first_node` is valid; `lock_of_c()` is held; `a < b`; see `some text here`.
        unsafe { *self.first_node }
    }
}
""",
)

_TICKED = re.compile(r"`([^`\n]{2,60})`")
_NAME = re.compile(r"(?P<before>(?:self\.|Self::)?)(?P<name>[a-z]\w*_\w+)(?P<call>\(\))?")
_WORD = re.compile(r"[A-Za-z_]\w*")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each site whose text has such a name. Only names with an underscore count: others are words too. Safe
    functions that touch nothing unsafe are not known here."""
    program = codebase.program
    named = [(site, names) for site in program.sites if site.area is Area.LIBRARY and (names := _names(site.safety))]
    if not named:
        return
    known = _declared(program)
    wanted = {name for _, names in named for name in names} - known
    gone = {name for name in wanted if not any(name.encode() in file.bodies for file in program.code)}
    for site, names in named:
        if missing := [name for name in names if name in gone]:
            told = "`, `".join(missing[:3])
            yield Hit(site.span, f"its SAFETY text names `{told}`, which nothing that it may speak of has")


def _names(note: SafetyNote | None) -> list[str]:
    """The names in backticks. A call is one of C or of the library as well, unless it is one of `Self`."""
    found = [_NAME.fullmatch(text.strip()) for text in _TICKED.findall(note.text)] if note else []
    return [one["name"] for one in found if one and (one["before"] or not one["call"])]


def _declared(program: Program) -> set[str]:
    """The names of types, fields, functions and modules, on both sides."""
    found: set[str] = set()
    for file in program.code:
        found |= {*file.module, file.crate, *_WORD.findall(file.path)}
        for fact in file.types:
            found |= {fact.name, *(field.name for field in fact.fields), *(value for value, _ in fact.values)}
        for trait in file.traits:
            found |= {trait.name, *trait.required, *trait.provided}
    for crossing in program.crossings:
        for anchor in (*crossing.rust, *crossing.foreign):
            found.update(_WORD.findall(f"{crossing.symbol} {anchor.name} {anchor.text}"))
    for site in program.sites:
        found |= {site.name, site.enclosing, *_WORD.findall(site.owner), *(one.name for one in site.operations)}
    return found
