"""A handle of C is declared safe for threads on somebody's word

What: `unsafe impl Send` or `Sync` for a type that holds a raw pointer and whose methods call foreign functions, with
no SAFETY text.
Why: Whether a C library may be called from another thread, or from two at once, stands in its manual, object by
object. Many may move between threads and not be shared: `Send` is then right and `Sync` is not.
Instead: Cite what the library promises for this object beside each impl, and leave out the one that it does not.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase, base_type, foreign_calls
from ffireview.model.facts import SiteKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.model.program import Area

PATTERN = "P66"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.LOW
PERSONA = Persona.AUDITOR
ANSSI = ()
CWE = ("CWE-362",)
ADVISORIES = ()
OPERATIONS = ("send-sync-impl",)
SINCE = "0.2"
BAD = (
    """\
pub enum Raw {}
extern "C" { fn store_put(s: *mut Raw, n: u32); }
pub struct Store { raw: *mut Raw }
impl Store { pub fn put(&self, n: u32) { unsafe { store_put(self.raw, n) } } }
unsafe impl Send for Store {}                             //~ send-for-foreign-handle
unsafe impl Sync for Store {}                             //~ send-for-foreign-handle
""",
)
GOOD = (
    """\
pub enum Raw {}
extern "C" { fn store_put(s: *mut Raw, n: u32); }
pub struct Store { raw: *mut Raw }
impl Store { pub fn put(&self, n: u32) { unsafe { store_put(self.raw, n) } } }
// SAFETY: the manual of the library, section 3: a store may move between threads.
unsafe impl Send for Store {}
pub struct Slot { at: *mut u32 }
impl Slot { pub fn get(&self) -> u32 { unsafe { *self.at } } }
unsafe impl Send for Slot {}
""",
)

_HEADER = re.compile(r"\b(?P<trait>Send|Sync)\s+for\s+(?P<type>[^{]+)")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such impl without a text."""
    calling = _handles(codebase)
    for site in codebase.program.sites:
        found = _HEADER.search(site.detail) if site.kind is SiteKind.UNSAFE_IMPL and site.safety is None else None
        if found is None or site.area is not Area.LIBRARY:
            continue
        name = base_type(found["type"].partition(" where ")[0].strip())
        if (site.span.path, name) in calling:
            label = Label(calling[site.span.path, name], "handed to C here")
            yield Hit(site.span, f"{found['trait']} for `{name}`, a handle of C, and nothing says why", (label,))


def _handles(codebase: Codebase) -> dict[tuple[str, str], Span]:
    """The types of each file that hold a raw pointer and call C in their methods, with the first such call."""
    found: dict[tuple[str, str], Span] = {}
    for code in codebase.functions():
        around = code.body.implements
        name = base_type(around.type) if around else ""
        if name and (code.path, name) not in found and codebase.raw_fields(name, code.crate):
            call = next((call for _, call in foreign_calls(code)), None)
            if call is not None:
                found[code.path, name] = Span.of(code.path, call.at)
    return found
