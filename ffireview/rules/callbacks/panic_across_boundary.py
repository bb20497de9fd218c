"""A closure of the caller may panic into C

What: A function with the ABI of C calls a closure that a user of the crate wrote, and no `catch_unwind` is around the
call.
Why: A panic in the closure reaches C: since Rust 1.81 the process aborts, before that it is undefined behaviour. The
user of a safe API expects neither.
Instead: Wrap the call in `std::panic::catch_unwind`, give C an error, and raise the panic again after C has returned.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Choice, Code, Codebase, UserCode, inside_catch_unwind, origins, type_parameters, user_calls
from ffireview.model.body import Call
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import is_called_by_c, reviewed

PATTERN = "P70"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-NOPANIC",)
CWE = ("CWE-248",)
ADVISORIES = ("RUSTSEC-2019-0038",)
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
unsafe extern "C" fn trampoline<F: FnMut(i32)>(value: i32, data: *mut c_void) {
    let call = &mut *(data as *mut F);
    call(value);                                            //~ panic-across-boundary
}
unsafe extern "C" fn boxed(value: i32, data: *mut c_void) {
    let call = data as *mut Box<dyn FnMut(i32)>;
    (*call)(value);                                         //~ panic-across-boundary
}
""",
)
GOOD = (
    """\
unsafe extern "C" fn trampoline<F: FnMut(i32)>(value: i32, data: *mut c_void) {
    let call = &mut *(data as *mut F);
    let _ = panic::catch_unwind(AssertUnwindSafe(|| call(value)));
}
unsafe extern "C-unwind" fn unwinding<F: FnMut(i32)>(value: i32, data: *mut c_void) {
    let call = &mut *(data as *mut F);
    call(value);
}
unsafe extern "C" fn handed_on(value: i32, next: extern "C" fn(i32)) {
    next(value);
}
fn plain<F: FnMut(i32)>(mut call: F) {
    call(1);
}
""",
)

_CALLABLE = re.compile(r"\b(?:Fn|FnMut|FnOnce)\s*\(")
_WORD = re.compile(r"[A-Za-z_]\w*")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each call of a closure out of C."""
    for code in reviewed(codebase):
        if not is_called_by_c(code) or code.body.abi.endswith("-unwind"):
            continue
        for run in user_calls(code, [code.root]):
            if _is_closure(code, run) and inside_catch_unwind(code, run.node) is None:
                told = f"a panic in `{run.name}` reaches C" if run.name else "a panic in the closure reaches C"
                yield Hit(Span.of(code.path, run.node.at), told)


def _is_closure(code: Code, run: UserCode) -> bool:
    """By its bound, or by the type that the pointer of C was cast to."""
    if run.choice is Choice.CLOSURE:
        return True
    if run.choice is not Choice.VALUE or not isinstance(run.node, Call):
        return False
    known = type_parameters(code)
    for found in origins(code, run.node.callee):
        written = " ".join(step for step in found.steps if step.startswith("as "))
        bounds = " ".join(bound for word in _WORD.findall(written) for bound in known.get(word, ()))
        if _CALLABLE.search(f"{written} {bounds}"):
            return True
    return False
