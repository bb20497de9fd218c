"""A function that C calls touches a `static mut`

What: An export or callback reads or writes a `static mut`, with no lock around it.
Why: C decides on which thread it calls, and whether it calls again while the first call runs. Two accesses at once
are a data race; a reference to the static that is alive while the function is entered again is a second `&mut`.
Instead: Use an atomic, a `Mutex` or a `OnceLock`, or hand the state through the callback's user data.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ffireview.flow import Code, Codebase, callee, last_name, local_of
from ffireview.model.body import Assign, Call, FieldAccess, Index, Item, MethodCall, Path, Reference
from ffireview.model.facts import SiteKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import is_called_by_c, reviewed

PATTERN = "P65"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.AUDITOR
ANSSI = ()
CWE = ("CWE-362", "CWE-366")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
static mut COUNT: u32 = 0;
#[no_mangle]
pub extern "C" fn store_count() -> u32 {
    unsafe {
        COUNT += 1;                       //~ static-mut-in-callback
        COUNT
    }
}
#[no_mangle]
pub extern "C" fn store_total() -> u32 { unsafe { COUNT } }
""",
)
GOOD = (
    """\
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
static SAFE: AtomicU32 = AtomicU32::new(0);
static GATE: Mutex<()> = Mutex::new(());
static mut COUNT: u32 = 0;
#[no_mangle]
pub extern "C" fn store_count() -> u32 { SAFE.fetch_add(1, Ordering::Relaxed) }
#[no_mangle]
pub extern "C" fn store_locked() -> u32 {
    let _held = GATE.lock();
    unsafe { COUNT += 1; COUNT }
}
#[no_mangle]
pub extern "C" fn store_once() { unsafe { OTHER = 1; } }
static mut OTHER: u32 = 0;
fn plain() -> u32 { unsafe { COUNT } }
#[no_mangle]
pub extern "C" fn store_own() -> *const u32 {
    const COUNT: &u32 = &1;
    COUNT
}
""",
)

_CHANGES = frozenset({"push", "insert", "take", "replace", "remove", "clear", "as_mut", "as_mut_ptr", "extend", "pop"})


class _Touch(NamedTuple):
    """A use of a static in a function that C calls."""

    code: Code
    use: Path
    writes: bool


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such static that one function writes and another uses, where it is written first."""
    statics = {
        (site.span.path, site.name): site
        for site in codebase.program.sites
        if site.kind is SiteKind.STATIC_MUT and not site.enclosing
    }
    paths = {path for path, _ in statics}
    found: dict[tuple[str, str], list[_Touch]] = defaultdict(list)
    for code in reviewed(codebase) if statics else ():
        if code.path in paths and is_called_by_c(code) and not _is_locked(code):
            for name, touch in _touched(code, statics):
                found[code.path, name].append(touch)
    for (path, name), touches in found.items():
        first = next((touch for touch in touches if touch.writes), None)
        other = next((touch for touch in touches if first and touch.code is not first.code), None)
        if first is not None and other is not None:
            label = Label(Span.of(path, other.use.at), "C may be here meanwhile")
            message = f"`{first.code.body.name}` writes `{name}` without a lock, on whatever thread C calls it"
            yield Hit(Span.of(path, first.use.at), message, (label,))


def _touched(code: Code, statics: Mapping[tuple[str, str], object]) -> Iterator[tuple[str, _Touch]]:
    """The statics that a function uses by name."""
    own = {item.name for item in code.of(Item)}
    for path in code.of(Path):
        name = last_name(path.text)
        if (code.path, name) in statics and name not in own and local_of(code, path) is None:
            yield name, _Touch(code, path, _is_written(code, path))


def _is_written(code: Code, path: Path) -> bool:
    """Whether a use assigns, or lends to be written."""
    for outer, inner in code.around(path):
        if isinstance(outer, Assign):
            return inner is outer.target
        if isinstance(outer, Reference):
            return "mut" in outer.form
        if isinstance(outer, MethodCall):
            return inner is outer.receiver and outer.name in _CHANGES
        if not isinstance(outer, (FieldAccess, Index)):
            return False
    return False


def _is_locked(code: Code) -> bool:
    names = (callee(node).rpartition("::")[2] for node in (*code.of(Call), *code.of(MethodCall)))
    return any("lock" in name or "critical" in name or "interrupt" in name for name in names)
