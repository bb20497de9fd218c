"""A pointer that C returns as NULL at times is used without a test

What: The result of a foreign function whose definition returns NULL on some path is dereferenced, made a reference or
given to `NonNull::new_unchecked`, and nothing tests it before.
Why: The path on which C returns NULL is the one that no test of the wrapper takes: no memory, not found, closed.
Instead: `NonNull::new`, `as_ref()`, or `is_null()` and an error.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import called, labels
from ffireview.rules.reach import reviewed, unasked_results

PATTERN = "P45"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CK-PTR-VALID",)
CWE = ("CWE-476", "CWE-252")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
pub struct Store { size: u32 }
extern "C" { fn store_find(id: i32) -> *mut Store; }
pub fn size(id: i32) -> u32 {
    unsafe { (*store_find(id)).size }                               //~ nullable-result-dereferenced
}
pub fn find(id: i32) -> core::ptr::NonNull<Store> {
    let found = unsafe { store_find(id) };
    unsafe { core::ptr::NonNull::new_unchecked(found) }             //~ nullable-result-dereferenced
}
-- c/store.c --
struct store *store_find(int id)
{
    if (id < 0)
        return NULL;
    return &stores[id];
}
""",
)
GOOD = (
    """\
-- src/lib.rs --
pub struct Store { size: u32 }
extern "C" {
    fn store_find(id: i32) -> *mut Store;
    fn store_first() -> *mut Store;
    fn store_other() -> *mut Store;
    fn store_name(of: *const Store) -> *const Store;
}
pub fn size(id: i32) -> Option<u32> {
    let found = unsafe { store_find(id) };
    if found.is_null() { return None; }
    Some(unsafe { (*found).size })
}
pub fn find(id: i32) -> Option<&'static Store> {
    unsafe { store_find(id).as_ref() }
}
pub fn then(id: i32) -> Option<u32> {
    let found = unsafe { store_find(id) };
    (!found.is_null()).then(|| unsafe { (*found).size })
}
pub fn named(of: &Store) -> u32 { unsafe { (*store_name(of)).size } }
pub fn first() -> u32 { unsafe { (*store_first()).size + (*store_other()).size } }
-- c/store.c --
static struct store stores[8];
struct store *store_find(int id)
{
    if (id < 0)
        return NULL;
    return &stores[id];
}
struct store *store_first(void) { return &stores[0]; }
struct store *store_name(struct store *of) { return of ? of->name : NULL; }
""",
)

_TOLD_ELSEWHERE = ("from_raw_parts", "from_raw_parts_mut")
"""Slices have a rule of their own, which also looks at the length."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each result, at its first unchecked use."""
    null = {symbol: function.null for symbol, function in called(codebase.program).items() if function.null}
    for code in reviewed(codebase) if null else ():
        for name, use in unasked_results(code, null, _TOLD_ELSEWHERE):
            message = f"`{name}` returns NULL at times, and nothing tests it here"
            yield Hit(Span.of(code.path, use.at), message, labels(null[name], "returns NULL"))
