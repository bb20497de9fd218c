"""A value is copied out of its owner, and the owner is dropped too

What: `ptr::read(&x.part)` or `transmute_copy(&x)` makes a second owner of a part of a local value, and nothing forgets
the first (`mem::forget`, `ManuallyDrop`).
Why: At the end of the function the local drops what the copy owns as well: a double free.
Instead: Take the value apart by pattern or `mem::take`, or put it into `ManuallyDrop` before it is read.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Local, base_type, calls, is_pointer, methods, root_of, short, type_parameters
from ffireview.flow.knowledge import OWNER_TYPES
from ffireview.model.body import Call, Formal, Let, Macro, Node, Reference
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P38"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("MEM-FORGET",)
CWE = ("CWE-415",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::mem;
use std::ptr;
pub struct Held<T> { value: T, name: String }
impl<T> Held<T> {
    pub fn into_inner(self) -> T {
        unsafe { ptr::read(&self.value) }                        //~ read-and-dropped
    }
    pub fn into_name(self) -> String {
        let name = unsafe { std::ptr::read(&self.name as *const String) };    //~ read-and-dropped
        name
    }
}
pub fn cast<A, B>(a: A) -> B { unsafe { mem::transmute_copy(&a) } }           //~ read-and-dropped
""",
)
GOOD = (
    """\
use std::mem::{self, ManuallyDrop};
use std::ptr;
pub struct Held<T> { value: T, id: u32, raw: *mut u8 }
impl<T> Held<T> {
    pub fn into_inner(self) -> T {
        let value = unsafe { ptr::read(&self.value) };
        mem::forget(self);
        value
    }
    pub fn kept(self) -> T {
        let held = ManuallyDrop::new(self);
        unsafe { ptr::read(&held.value) }
    }
    pub fn id(self) -> u32 { unsafe { ptr::read(&self.id) } }
    pub fn raw(self) -> *mut u8 { unsafe { ptr::read(&self.raw) } }
    pub unsafe fn peek(&self) -> T { ptr::read(&self.value) }
    pub fn copied(self) -> T where T: Copy { unsafe { ptr::read(&self.value) } }
}
pub fn cast<A, B>(a: A) -> B {
    let b = unsafe { mem::transmute_copy(&a) };
    mem::forget(a);
    b
}
pub fn wrapped<A, B>(a: A) -> B {
    let a = ManuallyDrop::new(a);
    unsafe { mem::transmute_copy(&a) }
}
pub fn bits(a: u32) -> f32 { unsafe { mem::transmute_copy(&a) } }
""",
)

_READS = ("ptr::read", "mem::transmute_copy", "transmute_copy")
_KEEPS = ("mem::forget", "forget", "ManuallyDrop::new", "Box::into_raw", "ptr::write", "mem::ManuallyDrop::new")
_UNDROPPED = re.compile(r"ManuallyDrop|MaybeUninit|PhantomData")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such copy of something that has a destructor."""
    for code in codebase.functions():
        for call in calls(code, *_READS):
            found = root_of(code, _place(call)) if len(call.arguments) == 1 else None
            if found and _is_dropped(codebase, code, *found) and not _kept(code, found[0], call):
                message = f"`{short(_place(call))}` is copied out, and `{found[0].name}` drops it as well"
                yield Hit(Span.of(code.path, call.at), message)


def _place(call: Call) -> Node:
    """The place whose address is given, behind casts."""
    node: Node = call.arguments[0]
    while hasattr(node, "operand") and not isinstance(node, Reference):
        node = node.operand
    if isinstance(node, Reference):
        return node.operand
    if isinstance(node, Macro) and node.name.endswith(("addr_of", "addr_of_mut")) and node.arguments:
        return node.arguments[0]
    return call


def _is_dropped(codebase: Codebase, code: Code, local: Local, path: tuple[str, ...]) -> bool:
    """Whether a place belongs to a value of this function and is of a type that has, or may have, a destructor."""
    holder = local.holder
    written = holder.type if isinstance(holder, (Formal, Let)) else ""
    if not written or is_pointer(written) or not isinstance(holder, Formal) or local.binding.by_reference:
        return False
    part = code.part_type(holder, path)
    if not part or _UNDROPPED.search(part) or _UNDROPPED.search(written) or is_pointer(part):
        return False
    bounds = type_parameters(code)
    if part in bounds:
        return "Copy" not in bounds[part]
    return base_type(part) in OWNER_TYPES - {"MaybeUninit"} or codebase.drops(part, code.crate)


def _kept(code: Code, local: Local, call: Call) -> bool:
    """Whether the function forgets the first owner, or the copy, or writes something else in its place."""
    return any(True for _ in (*calls(code, *_KEEPS), *methods(code, "into_raw", "write")))
