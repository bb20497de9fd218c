"""Memory is taken back without its type

What: `Box::from_raw`, `Rc::from_raw` or `Arc::decrement_strong_count` gets a `*mut c_void` as it came from C, with no
cast to the type that was given away.
Why: It compiles and frees a `c_void`: one byte, with no destructor. The real value is never dropped, and the
allocator is told the wrong size.
Instead: Cast back to the very type that `into_raw` gave: `Box::from_raw(data.cast::<State>())`.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Source, callee, calls, origins, short
from ffireview.model.body import Call, Formal, Let, Path
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P72"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-843", "CWE-401")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::ffi::c_void;
pub unsafe extern "C" fn free_state(data: *mut c_void) {
    drop(Box::from_raw(data));                                   //~ untyped-memory-taken-back
}
pub unsafe extern "C" fn free_shared(data: *mut std::ffi::c_void) {
    std::rc::Rc::decrement_strong_count(data);                   //~ untyped-memory-taken-back
}
pub unsafe fn cast(state: *mut State) -> Box<c_void> {
    Box::from_raw(state as *mut c_void)                          //~ untyped-memory-taken-back
}
pub struct State(String);
""",
)
GOOD = (
    """\
use std::ffi::c_void;
use std::sync::Arc;
pub struct State(String);
pub unsafe extern "C" fn free_state(data: *mut c_void) { drop(Box::from_raw(data as *mut State)); }
pub unsafe extern "C" fn free_cast(data: *mut c_void) { drop(Box::from_raw(data.cast::<State>())); }
pub unsafe extern "C" fn free_named(data: *mut c_void) { drop(Box::<State>::from_raw(data.cast())); }
pub unsafe extern "C" fn free_let(data: *mut c_void) { let state: Box<State> = Box::from_raw(data as _); drop(state); }
pub unsafe extern "C" fn free_shared(data: *mut c_void) { Arc::decrement_strong_count(data as *const State); }
pub unsafe fn typed(state: *mut State) -> Box<State> { Box::from_raw(state) }
""",
)

_TAKES = ("Box::from_raw", "Rc::from_raw", "Arc::from_raw", "Rc::decrement_strong_count", "Arc::decrement_strong_count",
          "Rc::increment_strong_count", "Arc::increment_strong_count")  # fmt: skip
_UNTYPED = re.compile(r"^(?:Option\s*<\s*)?\*\s*(?:mut|const)\s+(?:\w+::)*c_void\b")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each owner that is made of a `c_void`."""
    for code in codebase.functions():
        for call in calls(code, *_TAKES):
            if call.arguments and not _typed(code, call) and _is_untyped(code, call):
                message = (
                    f"`{short(call.arguments[0])}` is a `c_void` here: `{_name(call)}` frees that, not the real type"
                )
                yield Hit(Span.of(code.path, call.at), message)


def _typed(code: Code, call: Call) -> bool:
    """Whether the owner's type is written: `Box::<T>::from_raw`, `let x: Box<T>`."""
    around = code.parent(call)
    written = around.type if isinstance(around, Let) else ""
    named = isinstance(call.callee, Path) and "<" in call.callee.text
    return named or bool(call.turbofish) or (bool(written) and "c_void" not in written)


def _is_untyped(code: Code, call: Call) -> bool:
    """Whether by every way the pointer's last written type is `c_void`."""
    found = origins(code, call.arguments[0])
    for one in found:
        casts = [step[3:] for step in one.steps if step.startswith("as ")]
        if ".cast" in one.steps and not (casts and one.steps[-1].startswith("as ")):
            return False
        formal = (
            one.node.type if one.source is Source.PARAMETER and isinstance(one.node, Formal) and not one.path else ""
        )
        if not _UNTYPED.match(casts[-1] if casts else formal.strip()):
            return False
    return bool(found)


def _name(call: Call) -> str:
    return "::".join(callee(call).split("::")[-2:])
