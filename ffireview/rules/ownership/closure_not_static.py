"""C keeps a closure that may borrow what is gone

What: A function boxes a closure of a generic type without `'static`, gives up the box with `into_raw`, and hands the
pointer to C together with a function of that type.
Why: `into_raw` shows that C keeps it past the call. A closure without `'static` may hold references to the caller's
variables, and C runs it after they are gone.
Instead: Require `F: 'static` (and `Send` where C calls from another thread), or return a guard with the closure's
lifetime whose drop takes the callback back.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, calls, foreign_calls, local_of, origins, text, type_parameters, walk
from ffireview.model.body import Call, Formal, Node, Path
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P37"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-416", "CWE-825")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::ffi::c_void;
extern "C" { fn store_on_change(f: extern "C" fn(*mut c_void), data: *mut c_void); }
extern "C" fn changed<F: FnMut()>(data: *mut c_void) { unsafe { (*data.cast::<F>())() } }
pub fn on_change<F: FnMut()>(f: F) {
    let data = Box::into_raw(Box::new(f));                       //~ closure-not-static
    unsafe { store_on_change(changed::<F>, data.cast()) }
}
""",
)
GOOD = (
    """\
use std::ffi::c_void;
extern "C" {
    fn store_on_change(f: extern "C" fn(*mut c_void), data: *mut c_void);
    fn store_each(f: extern "C" fn(*mut c_void), data: *mut c_void);
}
extern "C" fn changed<F: FnMut()>(data: *mut c_void) { unsafe { (*data.cast::<F>())() } }
pub fn on_change<F: FnMut() + 'static>(f: F) {
    unsafe { store_on_change(changed::<F>, Box::into_raw(Box::new(f)).cast()) }
}
pub fn each<F: FnMut()>(mut f: F) {
    unsafe { store_each(changed::<F>, &mut f as *mut F as *mut c_void) }
}
pub fn once<F: FnMut()>(f: F) {
    let data = Box::into_raw(Box::new(f));
    unsafe { store_each(changed::<F>, data.cast()) };
    drop(unsafe { Box::from_raw(data) });
}
pub struct Guard<F>(*mut F);
pub fn guarded<F: FnMut()>(f: F) -> Guard<F> {
    let data = Box::into_raw(Box::new(f));
    unsafe { store_on_change(changed::<F>, data.cast()) };
    Guard(data)
}
""",
)

_FN = re.compile(r"\b(?:Fn|FnMut|FnOnce)\b")
_GIVES = ("Box::into_raw", "Arc::into_raw", "Rc::into_raw", "Box::leak")
_TAKES = ("Box::from_raw", "Arc::from_raw", "Rc::from_raw")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each closure without a bound on its life that is given up for C."""
    for code in codebase.functions():
        for name in _closures(code):
            if _registers(code, name) and not any(True for _ in calls(code, *_TAKES)):
                for call in calls(code, *_GIVES):
                    if _boxes(code, call, name):
                        yield Hit(Span.of(code.path, call.at), f"C keeps a `{name}`, which may borrow: no `'static`")


def _closures(code: Code) -> Iterator[str]:
    """The type parameters of the function that are closures of any lifetime, and that its result does not hold."""
    if code.body.unsafe or "'" in code.body.returns:
        return
    own = {generic.name for generic in code.body.generics}
    for name, bounds in type_parameters(code).items():
        free = not any("'" in bound.partition("for<")[0] for bound in bounds)
        if name in own and free and any(map(_FN.search, bounds)) and not _mentions(code.body.returns, name):
            yield name


def _registers(code: Code, name: str) -> bool:
    """Whether a foreign call gets a function made for the type: `trampoline::<F>`."""
    given = (argument for _, call in foreign_calls(code) for argument in call.arguments)
    return any("::<" in (told := text(argument)) and _mentions(told, name) for argument in given)


def _boxes(code: Code, call: Call, name: str) -> bool:
    """Whether what is given up was made of a parameter of the type."""
    made = [part for one in origins(code, call) for part in walk(one.node)]
    return any(_is_closure(code, node, name) for node in made)


def _is_closure(code: Code, node: Node, name: str) -> bool:
    local = local_of(code, node) if isinstance(node, Path) else None
    return local is not None and isinstance(local.holder, Formal) and _mentions(local.holder.type, name)


def _mentions(written: str, name: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", written))
