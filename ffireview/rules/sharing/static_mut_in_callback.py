"""A function that C calls touches a `static mut`

What: An export or callback reads or writes a `static mut`, with no lock around it.
Why: C decides on which thread it calls, and whether it calls again while the first call runs. Two accesses at once
are a data race; a reference to the static that is alive while the function is entered again is a second `&mut`.
Instead: Use an atomic, a `Mutex` or a `OnceLock`, or hand the state through the callback's user data.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, callee, last_name, local_of
from ffireview.model.body import Call, Item, MethodCall, Path
from ffireview.model.facts import SiteKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import is_called_by_c, reviewed

PATTERN = "P65"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
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
fn plain() -> u32 { unsafe { COUNT } }
#[no_mangle]
pub extern "C" fn store_own() -> *const u32 {
    const COUNT: &u32 = &1;
    COUNT
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first use of each `static mut` in each function that C calls."""
    statics = {
        (site.span.path, site.name): site
        for site in codebase.program.sites
        if site.kind is SiteKind.STATIC_MUT and not site.enclosing
    }
    paths = {path for path, _ in statics}
    for code in reviewed(codebase) if statics else ():
        if code.path not in paths or not is_called_by_c(code) or _is_locked(code):
            continue
        seen: set[str] = set()
        own = {item.name for item in code.of(Item)}
        for path in code.of(Path):
            site = statics.get((code.path, last_name(path.text)))
            if site and site.name not in seen | own and local_of(code, path) is None:
                seen.add(site.name)
                label = Label(site.span, "any thread may be here")
                message = f"C may call `{code.body.name}` on any thread, and it uses `{site.name}` without a lock"
                yield Hit(Span.of(code.path, path.at), message, (label,))


def _is_locked(code: Code) -> bool:
    names = (callee(node).rpartition("::")[2] for node in (*code.of(Call), *code.of(MethodCall)))
    return any("lock" in name or "critical" in name or "interrupt" in name for name in names)
