"""A borrowed owner is dropped on an early way out

What: A value is taken over with `from_raw` or `ptr::read`, and given up again further down with `mem::forget` or
`into_raw`; between the two the function may leave by `?` or `return`, or run code of a caller that may panic.
Why: On that way the value is dropped although it belongs to somebody else, who drops it again: a double free.
Instead: Wrap it in `ManuallyDrop` where it is made, or use a reference (`&*pointer`) when it is not to be freed.
"""

from collections.abc import Iterator

from ffireview.flow import (
    Code,
    Codebase,
    Local,
    between,
    calls,
    exits,
    inside_catch_unwind,
    moves,
    named,
    short,
    user_calls,
)
from ffireview.model.body import Block, Call, Let, Node, Try
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P38"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("MEM-FORGET", "FFI-MEM-OWNER")
CWE = ("CWE-415",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::ffi::c_void;
pub struct State { count: u32 }
impl State { fn step(&mut self) -> Result<u32, i32> { Ok(1) } }
pub unsafe extern "C" fn on_event<F: FnMut(u32)>(data: *mut c_void) {
    let mut f: Box<F> = Box::from_raw(data.cast());          //~ forgotten-on-error
    f(1);
    std::mem::forget(f);
}
pub unsafe fn step(data: *mut State) -> Result<u32, i32> {
    let mut state = Box::from_raw(data);                     //~ forgotten-on-error
    let count = state.step()?;
    let _ = Box::into_raw(state);
    Ok(count)
}
""",
)
GOOD = (
    """\
use std::ffi::c_void;
use std::mem::ManuallyDrop;
pub struct State { count: u32 }
impl State { fn step(&mut self) -> Result<u32, i32> { Ok(1) } }
pub unsafe extern "C" fn on_event<F: FnMut(u32)>(data: *mut c_void) {
    let mut f = ManuallyDrop::new(Box::<F>::from_raw(data.cast()));
    f(1);
}
pub unsafe fn step(data: *mut State) -> Result<u32, i32> {
    let mut state = Box::from_raw(data);
    state.count += 1;
    let count = state.count;
    let _ = Box::into_raw(state);
    Ok(count)
}
pub unsafe fn late(data: *mut State) -> Result<u32, i32> {
    let mut state = Box::from_raw(data);
    if let Err(e) = state.step() {
        std::mem::forget(state);
        return Err(e);
    }
    let count = state.count;
    std::mem::forget(state);
    Ok(count)
}
pub fn fresh() -> Result<*mut State, i32> {
    let mut state = Box::new(State { count: 0 });
    state.step()?;
    Ok(Box::into_raw(state))
}
""",
)

_TAKES = ("Box::from_raw", "Rc::from_raw", "Arc::from_raw", "CString::from_raw", "Vec::from_raw_parts",
          "String::from_raw_parts", "ptr::read")  # fmt: skip
_GIVES = ("mem::forget", "Box::into_raw", "Rc::into_raw", "Arc::into_raw", "CString::into_raw", "Box::leak")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each local that is taken over, and forgotten on the ordinary way only."""
    for code in codebase.functions():
        for call in calls(code, *_TAKES):
            local = _bound(code, call)
            ends = _given_up(code, local) if local else []
            if local and ends and (out := _way_out(code, call, ends)):
                label = Label(Span.of(code.path, out.at), "left here")
                message = f"`{local.name}` is dropped on the way out at `{short(out)}`, and forgotten on the other"
                yield Hit(Span.of(code.path, call.at), message, (label,))


def _bound(code: Code, call: Call) -> Local | None:
    """The local that a `let` gives the very result to."""
    for outer, inner in code.around(call):
        if isinstance(outer, Let) and outer.value is inner and len(outer.pattern.bindings) == 1:
            binding = outer.pattern.bindings[0]
            return Local(binding.name, binding, outer) if not binding.path else None
        if not (isinstance(outer, Block) and outer.tail is inner):
            return None
    return None


def _given_up(code: Code, local: Local) -> list[Node]:
    """Where it is forgotten, if that is all that ever becomes of it."""
    given = moves(code, local)
    ends = [outer for use in given if (outer := code.parent(use)) and named(outer, *_GIVES, ".into_raw")]
    return ends if len(ends) == len(given) else []


def _way_out(code: Code, call: Call, ends: list[Node]) -> Node | None:
    """How the function may be left between the two, not counting ways on which the value is forgotten as well."""
    nodes = between(code, call, ends[0])
    for out in exits(code, nodes):
        if not isinstance(out, Try) and any(code.rank(end) < code.rank(out) for end in ends):
            continue
        return out
    for ran in user_calls(code, nodes):
        if not inside_catch_unwind(code, ran.node):
            return ran.node
    return None
