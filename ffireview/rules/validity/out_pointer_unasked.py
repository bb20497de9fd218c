"""A pointer that C should have set is used without a test

What: A local starts as null, its address goes to a foreign function, and what it points to is used with no test of the
pointer, nor of what the function returned.
Why: On an error, or where there is nothing to give, C leaves the pointer null.
Instead: Test the status, or the pointer with `is_null()`, before it is used.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Fact, Source, guards, origins
from ffireview.model.body import Call, Node
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import dereferences, reviewed

PATTERN = "P45 P47"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-CK-PTR-VALID",)
CWE = ("CWE-476", "CWE-252")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
pub struct Store { size: u32 }
extern "C" {
    fn store_find(id: i32, found: *mut *mut Store) -> i32;
    fn store_code(id: i32, found: *mut *mut Store) -> u32;
}
pub fn size(id: i32) -> u32 {
    let mut found = std::ptr::null_mut();
    unsafe { store_find(id, &mut found) };
    unsafe { (*found).size }                                        //~ out-pointer-unasked
}
pub fn both(id: i32) -> (u32, u32) {
    let mut found: *mut Store = std::ptr::null_mut();
    let code = unsafe { store_code(id, &mut found) };
    let store = unsafe { &*found };                                 //~ out-pointer-unasked
    (code, store.size)
}
-- c/store.h --
int store_find(int id, struct store **found);
unsigned store_code(int id, struct store **found);
""",
)
GOOD = (
    """\
-- src/lib.rs --
pub struct Store { size: u32 }
extern "C" {
    fn store_find(id: i32, found: *mut *mut Store) -> i32;
    fn store_take(found: *mut Store);
}
pub fn size(id: i32) -> Result<u32, i32> {
    let mut found = std::ptr::null_mut();
    let code = unsafe { store_find(id, &mut found) };
    if code != 0 { return Err(code); }
    Ok(unsafe { (*found).size })
}
pub fn tried(id: i32) -> Result<u32, i32> {
    let mut found = std::ptr::null_mut();
    cvt(unsafe { store_find(id, &mut found) })?;
    Ok(unsafe { (*found).size })
}
pub fn by_macro(id: i32) -> Result<u32, i32> {
    let mut found = std::ptr::null_mut();
    unsafe {
        try_call!(store_find(id, &mut found));
        Ok((*found).size)
    }
}
pub fn asked(id: i32) -> Option<u32> {
    let mut found = std::ptr::null_mut();
    unsafe { store_find(id, &mut found) };
    if found.is_null() { return None; }
    Some(unsafe { (*found).size })
}
pub fn matched(id: i32) -> Option<u32> {
    let mut found = std::ptr::null_mut();
    match unsafe { store_find(id, &mut found) } {
        0 => Some(unsafe { (*found).size }),
        _ => None,
    }
}
pub fn given(id: i32) {
    let mut found = std::ptr::null_mut();
    unsafe { store_find(id, &mut found); store_take(found) };
}
-- c/store.h --
int store_find(int id, struct store **found);
void store_take(struct store *found);
""",
)

_ALWAYS_SETS = frozenset({"strtol", "strtoul", "strtoll", "strtoull", "strtod", "strtof", "strtold"})


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such pointer, at its first use."""
    for code in reviewed(codebase):
        told: set[int] = set()
        for pointer, use in dereferences(code):
            found = origins(code, pointer)
            lent = [one.node for one in found if one.source is Source.LENT]
            if len(lent) != 1 or [one.source for one in found if one.source is not Source.LENT] != [Source.NULL]:
                continue
            call = next((outer for outer in code.ancestors(lent[0]) if isinstance(outer, Call)), None)
            symbol = code.foreign(call) if call is not None else ""
            if call is None or not symbol or symbol in _ALWAYS_SETS or id(call) in told:
                continue
            told.add(id(call))
            if not any(_is_about(code, fact, call, lent[0]) for fact in guards(code, use)):
                label = Label(Span.of(code.path, call.at), "set here, if at all")
                yield Hit(Span.of(code.path, use.at), f"nobody asked whether `{symbol}` has set this pointer", (label,))


def _is_about(code: Code, fact: Fact, call: Call, lent: Node) -> bool:
    """Whether a fact tells something of a call's result, or of the pointer that it sets."""
    if fact.subject is call or code.holds(fact.subject, call):
        return True
    return any(one.node is call or one.node is lent for one in origins(code, fact.subject))
