"""A null pointer is dereferenced on purpose

What: `&(*(0 as *const T)).field` or `(*ptr::null::<T>()).field`: a place behind a pointer that is null by its own text.
Why: A reference to such a place is undefined behaviour, even if only its address is wanted; so is the read.
Instead: `core::mem::offset_of!`, or `addr_of!` on an uninitialised value.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, How, Source, definitions, origins
from ffireview.model.body import FieldAccess, Index, Macro, Node, Path, Unary
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import dereferences, reviewed

PATTERN = "P57"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-476",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub struct Ring { head: u32, tail: u32 }
pub fn offset() -> usize {
    unsafe { &(*(0 as *const Ring)).tail as *const _ as usize }         //~ null-dereferenced
}
pub fn other() -> usize {
    unsafe {
        let ring = std::ptr::null::<Ring>();
        &(*ring).tail as *const u32 as usize                            //~ null-dereferenced
    }
}
""",
)
GOOD = (
    """\
pub struct Ring { head: u32, tail: u32 }
pub fn offset() -> usize { core::mem::offset_of!(Ring, tail) }
pub fn address() -> *const u32 {
    unsafe { std::ptr::addr_of!((*std::ptr::null::<Ring>()).tail) }
}
pub fn raw() -> *const u32 {
    unsafe { &raw const (*std::ptr::null::<Ring>()).tail }
}
pub fn set(found: &Ring) -> u32 {
    let mut ring: *const Ring = std::ptr::null();
    if found.head > 0 { ring = found; }
    if ring.is_null() { return 0; }
    unsafe { (*ring).tail }
}
pub fn nothing() -> &'static mut () { unsafe { &mut *core::ptr::NonNull::<()>::dangling().as_ptr() } }
pub fn each(fill: impl Fn(*mut *const Ring)) -> u32 {
    let rings: Vec<*const Ring> = vec![std::ptr::null(); 4];
    fill(rings.as_ptr() as *mut _);
    rings.iter().map(|ring| unsafe { (**ring).tail }).sum()
}
pub fn given(make: impl Fn(&mut *const Ring)) -> u32 {
    let mut ring: *const Ring = std::ptr::null();
    make(&mut ring);
    unsafe { (*ring).tail }
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each dereference of a pointer that is null on every way, and whose place is more than addressed."""
    for code in reviewed(codebase):
        for pointer, use in dereferences(code):
            found = origins(code, pointer)
            null = bool(found) and all(one.source is Source.NULL and "dangling" not in one.name for one in found)
            if isinstance(use, Unary) and null and _is_by_text(code, pointer) and not _only_addressed(code, use):
                yield Hit(Span.of(code.path, use.at), "this pointer is null")


def _is_by_text(code: Code, pointer: Node) -> bool:
    """Whether a pointer is the null that is written, and no element of something that others may have filled."""
    found = definitions(code, pointer) if isinstance(pointer, Path) else ()
    return all(one.how in (How.LET, How.ASSIGNED) for one in found)


def _only_addressed(code: Code, use: Node) -> bool:
    """Whether the place is what `addr_of!` or `&raw` asks the address of."""
    for outer in code.ancestors(use):
        if isinstance(outer, Macro):
            return "addr_of" in outer.name
        if not isinstance(outer, (FieldAccess, Index)):
            return getattr(outer, "form", "").startswith("raw")
    return False
