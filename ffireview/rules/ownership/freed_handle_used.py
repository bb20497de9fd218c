"""A value is used after it was given to a function that frees it

What: A local goes to a foreign function called `.._free`, `.._destroy` or the like, and again to a foreign function, or
is dereferenced, further down in the same block, with no new value in between.
Why: The second call works on memory that is no longer there, or frees it twice.
Instead: Free last and in one place, best in the `Drop` of a type that owns the handle.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Local, diverges, foreign_calls, local_of, uses, writes
from ffireview.model.body import Assign, Block, Call, Cast, Let, MethodCall, Node, Path, Unary
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P35"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-415", "CWE-416")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub enum Raw {}
extern "C" { fn store_new() -> *mut Raw; fn store_size(s: *const Raw) -> i32; fn store_free(s: *mut Raw); }
pub fn twice() {
    let store = unsafe { store_new() };
    unsafe { store_free(store) };
    unsafe { store_free(store) };                             //~ freed-handle-used
}
pub fn size(store: *mut Raw) -> i32 {
    unsafe {
        store_free(store);
        store_size(store as *const Raw)                       //~ freed-handle-used
    }
}
""",
)
GOOD = (
    """\
pub enum Raw {}
extern "C" {
    fn store_new() -> *mut Raw;
    fn store_size(s: *const Raw) -> i32;
    fn store_free(s: *mut Raw);
    fn store_free_all(s: *mut *mut Raw);
}
pub fn again() -> i32 {
    let mut store = unsafe { store_new() };
    unsafe { store_free(store) };
    store = unsafe { store_new() };
    let size = unsafe { store_size(store) };
    unsafe { store_free(store) };
    size
}
pub fn either(store: *mut Raw, free: bool) -> i32 {
    if free {
        unsafe { store_free(store) };
        return 0;
    }
    unsafe { store_size(store) }
}
pub fn each(stores: Vec<*mut Raw>) {
    for store in stores { unsafe { store_free(store) } }
}
pub fn cleared(mut store: *mut Raw) {
    unsafe { store_free_all(&mut store); store_size(store); }
}
pub fn told(store: *mut Raw) -> usize {
    unsafe { store_free(store) };
    store as usize
}
""",
)

_SAME = ("cast", "cast_mut", "cast_const")
_FREES = re.compile(r"(?:^|_)(?:free|destroy|delete|dispose)$|[a-z](?:Free|Destroy|Delete|Dispose)$")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first use after each call that frees."""
    for code in codebase.functions():
        for symbol, call in foreign_calls(code):
            local = _freed(code, symbol, call)
            if local and (used := _used_after(code, local, call)):
                label = Label(Span.of(code.path, call.at), "freed here")
                message = f"`{local.name}` was given to `{symbol}` before"
                yield Hit(Span.of(code.path, used.at), message, (label,))


def _freed(code: Code, symbol: str, call: Call) -> Local | None:
    """The local pointer that a call frees."""
    if not _FREES.search(symbol) or len(call.arguments) != 1:
        return None
    given = call.arguments[0]
    while isinstance(given, Cast) or (isinstance(given, MethodCall) and given.name in _SAME):
        given = given.operand if isinstance(given, Cast) else given.receiver
    return local_of(code, given)


def _used_after(code: Code, local: Local, call: Call) -> Node | None:
    """The call or dereference that uses the freed pointer first, on the straight way on from the call."""
    block = _straight(code, call)
    if block is None:
        return None
    start, end = code.span(call)[1], code.span(block)[1]
    if any(start <= code.rank(write.node) < end for write in writes(code, local)):
        return None
    later = [use for use in uses(code, local) if start <= code.rank(use) < end]
    return next((used for use in later if (used := _use(code, use))), None)


def _straight(code: Code, call: Call) -> Block | None:
    """The outermost block that is run to its end whenever the call is."""
    found: Block | None = None
    for outer in code.ancestors(call):
        if isinstance(outer, Block):
            if any(map(diverges, outer.statements)):
                return found
            found = outer
        elif not isinstance(outer, (Let, Cast, MethodCall, Call, Assign)):
            return found
    return found


def _use(code: Code, use: Path) -> Node | None:
    """The foreign call that gets the pointer, or the dereference of it."""
    inner: Node = use
    for outer in code.ancestors(use):
        if isinstance(outer, Call):
            return outer if inner is not outer.callee and code.foreign(outer) else None
        if isinstance(outer, Unary) and outer.operator == "*":
            return outer
        if not isinstance(outer, Cast) and not (isinstance(outer, MethodCall) and outer.name in _SAME):
            return None
        inner = outer
    return None
