"""The result of an allocator is used as if it could not fail

What: What `alloc`, `alloc_zeroed`, `realloc` or `libc::malloc` returns is dereferenced, or made a reference, slice,
`Box` or `NonNull`, with no test for null.
Why: Allocators return null when memory runs out, and a caller who chooses the size makes them: the write then goes to
an address near zero plus an offset that the caller chose as well.
Instead: `if p.is_null() { handle_alloc_error(layout) }`, or `NonNull::new(p).unwrap_or_else(..)`.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, calls, guards, methods, origins
from ffireview.model.body import Call, Node
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import dereferences, reviewed

PATTERN = "P45"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CK-PTR-VALID",)
CWE = ("CWE-476", "CWE-252")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::alloc::{alloc, alloc_zeroed, Layout};
pub fn table(n: usize) -> Box<[u64]> {
    let layout = Layout::array::<u64>(n).unwrap();
    unsafe {
        let at = alloc_zeroed(layout) as *mut u64;                          //~ allocation-unchecked
        Box::from_raw(std::slice::from_raw_parts_mut(at, n))
    }
}
pub fn one(value: u64) -> std::ptr::NonNull<u64> {
    unsafe {
        let at = std::alloc::alloc(Layout::new::<u64>()).cast::<u64>();     //~ allocation-unchecked
        at.write(value);
        std::ptr::NonNull::new_unchecked(at)
    }
}
pub fn c(n: usize) -> u8 {
    let at = unsafe { libc::malloc(n) as *mut u8 };                         //~ allocation-unchecked
    unsafe { *at }
}
""",
)
GOOD = (
    """\
use std::alloc::{alloc, handle_alloc_error, Layout};
use std::ptr::NonNull;
pub fn one(value: u64) -> *mut u64 {
    let layout = Layout::new::<u64>();
    let at = unsafe { alloc(layout) as *mut u64 };
    if at.is_null() {
        handle_alloc_error(layout);
    }
    unsafe { at.write(value) };
    at
}
pub fn two(value: u64) -> Option<NonNull<u64>> {
    let at = NonNull::new(unsafe { alloc(Layout::new::<u64>()) as *mut u64 })?;
    unsafe { at.as_ptr().write(value) };
    Some(at)
}
pub fn behind(value: u64) -> Option<*mut u64> {
    let start = match value {
        0 => unsafe { alloc(Layout::new::<[u64; 2]>()) },
        _ => unsafe { std::alloc::alloc_zeroed(Layout::new::<[u64; 2]>()) },
    };
    if start.is_null() { give_up(); }
    let second = unsafe { start.add(8).cast::<u64>() };
    unsafe { second.write(value) };
    Some(second)
}
pub fn given() -> *mut u8 { unsafe { alloc(Layout::new::<u64>()) } }
pub fn own(arena: &mut Arena) -> u8 { let at = arena.alloc(8); unsafe { *at } }
pub fn other(n: usize) -> u8 { let at = alloc(n); unsafe { *at } }
""",
)

_ALLOCATES = {
    "alloc::alloc": 1, "alloc::alloc_zeroed": 1, "alloc::realloc": 3, "libc::malloc": 1, "libc::calloc": 2,
    "libc::realloc": 2, "alloc_zeroed": 1, "alloc": 1, "realloc": 3,
}  # fmt: skip
"""Functions by the end of their path, and how many arguments they take."""
_OPENS = frozenset({"?", ".unwrap", ".expect", ".ok_or", ".ok_or_else", "NonNull::new"})
"""Steps after which a pointer is not null."""
_ENDS = ("handle_alloc_error", "alloc_error", "oom", "capacity_overflow")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each allocation, with its first unchecked use."""
    for code in reviewed(codebase):
        made = {id(call) for call in calls(code, *_ALLOCATES) if _is_allocator(call)}
        if not made or any(True for _ in calls(code, *_ENDS)):
            continue
        for pointer, use in _uses(code):
            for found in origins(code, pointer):
                if id(found.node) in made and not _asked(code, found, use):
                    made.discard(id(found.node))
                    label = Label(Span.of(code.path, use.at), "used as if never null")
                    yield Hit(Span.of(code.path, found.node.at), "this allocation may have failed", (label,))


def _is_allocator(call: Call) -> bool:
    """Whether a call is one of the global allocator, by its path, or by its only name and a layout."""
    written = getattr(call.callee, "text", "")
    wanted = {count for name, count in _ALLOCATES.items() if written == name or written.endswith("::" + name)}
    if len(call.arguments) not in wanted:
        return False
    if "::" in written:
        return written.rpartition("::")[0].rpartition("::")[2] in ("alloc", "libc")
    spoken = " ".join(getattr(node, "text", "") for node in _inside(call.arguments))
    return "layout" in spoken.lower()


def _inside(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, Call):
            yield node.callee
        receiver = getattr(node, "receiver", None)
        if receiver is not None:
            yield from _inside((receiver,))


def _uses(code: Code) -> list[tuple[Node, Node]]:
    found = [*dereferences(code)]
    for call in calls(code, "NonNull::new_unchecked", "Unique::new_unchecked"):
        found += [(argument, call) for argument in call.arguments[:1]]
    for call in calls(code, "copy_nonoverlapping", "ptr::copy"):
        found += [(argument, call) for argument in call.arguments[1:2]]
    return sorted(found, key=lambda pair: code.rank(pair[1]))


def _asked(code: Code, found: Origin, use: Node) -> bool:
    """Whether anything was asked about the allocation, or about a pointer into it."""
    if any(step in _OPENS for step in found.steps):
        return True
    subjects = [fact.subject for fact in guards(code, use)]
    subjects += [call.receiver for call in methods(code, "is_null", "as_ref", "as_mut")]
    return any(one.node is found.node for subject in subjects for one in origins(code, subject))
