"""A Vec is rebuilt with its length as its capacity

What: `Vec::from_raw_parts(p, n, n)`, or `String::from_raw_parts`, says that length and capacity are one value, and
nothing in the file shows that the allocation is that large.
Why: The allocator is told the capacity when the memory is freed or grown. Where the `Vec` that was taken apart had
room to spare, that is the wrong size, which is undefined behaviour.
Instead: Keep the capacity beside pointer and length, or hand out a boxed slice (`into_boxed_slice`) and take it back
with `Box::from_raw`.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Source, calls, macros, methods, named, origins, same, short, walk
from ffireview.model.body import Call, Node
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P36"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-763", "CWE-131")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
#[no_mangle]
pub unsafe extern "C" fn store_free(data: *mut u8, len: usize) {
    drop(Vec::from_raw_parts(data, len, len));                        //~ vec-same-length-and-capacity
}
pub struct Buffer { data: *mut u16, len: u32 }
impl Drop for Buffer {
    fn drop(&mut self) {
        let n = self.len as usize;
        unsafe { Vec::from_raw_parts(self.data, n, self.len as usize) };  //~ vec-same-length-and-capacity
    }
}
""",
)
GOOD = (
    """\
pub unsafe fn rebuild(data: *mut u8, len: usize, capacity: usize) -> Vec<u8> {
    Vec::from_raw_parts(data, len, capacity)
}
pub fn signed(values: Box<[u32]>) -> Vec<i32> {
    let len = values.len();
    let data = Box::into_raw(values);
    unsafe { Vec::from_raw_parts(data.cast(), len, len) }
}
pub fn exact(layout: std::alloc::Layout, n: usize) -> Vec<u8> {
    let data = unsafe { std::alloc::alloc(layout) };
    unsafe { Vec::from_raw_parts(data, n, n) }
}
pub fn taken(values: Vec<u8>) -> Vec<i8> {
    let mut values = std::mem::ManuallyDrop::new(vec![0u8; values.len()]);
    unsafe { Vec::from_raw_parts(values.as_mut_ptr().cast(), values.len(), values.len()) }
}
pub unsafe fn rebuilt(data: *mut u8, n: usize, room: usize) -> Vec<u8> { Vec::from_raw_parts(data, n, n + room) }
pub fn empty(data: *mut u8) -> Vec<u8> { unsafe { Vec::from_raw_parts(data, 0, 0) } }
pub fn seen(data: *const u8, n: usize) -> &'static [u8] { unsafe { std::slice::from_raw_parts(data, n) } }
""",
    """\
pub struct Line { data: *mut u8, len: usize }
pub fn make(text: Vec<u8>) -> Line {
    let len = text.len();
    Line { data: Box::into_raw(text.into_boxed_slice()) as *mut u8, len }
}
pub unsafe fn free(line: Line) { drop(Vec::from_raw_parts(line.data, line.len, line.len)) }
""",
)

_EXACT_METHODS = ("into_boxed_slice", "into_boxed_str", "shrink_to_fit")
_EXACT_CALLS = ("alloc", "alloc_zeroed", "realloc", "allocate", "with_capacity", "Box::into_raw", "Box::leak")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each call whose second and third argument are one value, and not known to be the size."""
    for code in codebase.functions():
        for call in calls(code, "Vec::from_raw_parts", "String::from_raw_parts"):
            if len(call.arguments) == 3 and _doubtful(code, call) and not _trimmed(codebase, code.path):
                yield Hit(Span.of(code.path, call.at), f"`{short(call.arguments[1])}` is both length and capacity")


def _doubtful(code: Code, call: Call) -> bool:
    _, length, capacity = call.arguments
    return same(code, length, capacity) and not _fixed(code, length) and not _exact(code)


def _fixed(code: Code, length: Node) -> bool:
    """Whether a length is a number or a capacity, and so can be right."""
    found = origins(code, length)
    told = {Source.LITERAL, Source.ITEM}
    return all(one.source in told for one in found) or any(named(node, ".capacity") for node in walk(length))


def _trimmed(codebase: Codebase, path: str) -> bool:
    """Whether some function of the file, probably the one that hands the memory out, gives up the room to spare."""
    return any(True for code in codebase.of_file(path) for _ in methods(code, *_EXACT_METHODS))


def _exact(code: Code) -> bool:
    """Whether the function makes an allocation of just the size that it asks for."""
    return any(True for _ in (*methods(code, *_EXACT_METHODS), *calls(code, *_EXACT_CALLS), *macros(code, "vec")))
