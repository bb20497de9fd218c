"""An exported function uses a pointer of C without asking whether it is null

What: A raw pointer parameter of a function that C calls by name is dereferenced, or made a reference, and no check for
null comes first.
Why: Nothing in C keeps a caller from passing null; in Rust the first use is undefined behaviour, not a clean fault.
Instead: `let Some(x) = p.as_ref() else { return .. }`, or check `is_null()` first.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase, null_checked
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import asked_about, dereferences, is_called_by_c, raw_parameters, reviewed, whole_parameter

PATTERN = "P41"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-CK-PTR-VALID",)
CWE = ("CWE-476",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn ring_len(ring: *const Ring) -> usize {
    let ring = unsafe { &*ring };                            //~ export-dereferences-unchecked
    ring.len
}
#[no_mangle]
pub unsafe extern "C" fn ring_reset(ring: *mut Ring, old: *mut usize) {
    let len = (*ring).len;                                   //~ export-dereferences-unchecked
    old.write(len);                                          //~ export-dereferences-unchecked
    (*ring).len = 0;
}
-- c/ring.h --
size_t ring_len(const struct Ring *ring);
void ring_reset(struct Ring *ring, size_t *old);
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn ring_len(ring: *const Ring) -> usize {
    match unsafe { ring.as_ref() } {
        Some(ring) => ring.len,
        None => 0,
    }
}
#[no_mangle]
pub unsafe extern "C" fn ring_reset(ring: *mut Ring) -> i32 {
    if ring.is_null() {
        return -1;
    }
    (*ring).len = 0;
    0
}
unsafe extern "C" fn on_event(data: *mut Ring) {
    (*data).len += 1;
}
-- c/ring.h --
size_t ring_len(const struct Ring *ring);
int ring_reset(struct Ring *ring);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each parameter, at its first use."""
    for code in reviewed(codebase):
        if not code.body.symbol or not is_called_by_c(code):
            continue
        waiting = {id(formal): formal for formal in raw_parameters(code)}
        for pointer, use in dereferences(code) if waiting else ():
            found = whole_parameter(code, pointer)
            formal = waiting.get(id(found.node)) if found else None
            if found is None or formal is None:
                continue
            del waiting[id(formal)]
            if not null_checked(code, pointer, use) and not asked_about(code, formal, use):
                yield Hit(Span.of(code.path, use.at), f"`{found.name}` comes from C and may be null")
