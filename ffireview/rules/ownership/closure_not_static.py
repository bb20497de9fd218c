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

from ffireview.flow import Code, Codebase, calls, foreign_calls, origins, text, type_parameters, walk
from ffireview.model.body import Call, Formal, If, Match, Node, Path
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
pub struct Store;
impl Store {
    pub fn hook<'c, F>(&'c mut self, hook: Option<F>) -> i32 where F: FnMut() -> bool + 'c {
        match hook {
            Some(hook) => {
                let data = Box::into_raw(Box::new(hook));            //~ closure-not-static
                let failed = unsafe { store_try(Some(changed::<F>), data.cast()) };
                if failed != 0 { drop(unsafe { Box::from_raw(data) }); }
                failed
            }
            None => 0,
        }
    }
}
extern "C" { fn store_try(f: Option<extern "C" fn(*mut c_void)>, data: *mut c_void) -> i32; }
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
pub struct Held<'a>(&'a u32);
impl<'a> Held<'a> {
    pub fn hold<F: FnMut() + 'a>(&self, f: F) {
        unsafe { store_on_change(changed::<F>, Box::into_raw(Box::new(f)).cast()) }
    }
}
pub fn maybe<F: FnMut()>(f: Option<F>) {
    if let Some(f) = f {
        let data = Box::into_raw(Box::new(f));
        unsafe { store_each(changed::<F>, data.cast()) };
        drop(unsafe { Box::from_raw(data) });
    }
}
pub struct Guard<F>(*mut F);
pub fn guarded<F: FnMut()>(f: F) -> Guard<F> {
    let data = Box::into_raw(Box::new(f));
    unsafe { store_on_change(changed::<F>, data.cast()) };
    Guard(data)
}
""",
)

_FOR = re.compile(r"\bfor\s*<[^>]*>")
_LIFETIME = re.compile(r"'(?!_\b)[a-z_]\w*")
_FN = re.compile(r"\b(?:Fn|FnMut|FnOnce)\b")
_GIVES = ("Box::into_raw", "Arc::into_raw", "Rc::into_raw", "Box::leak")
_TAKES = ("Box::from_raw", "Arc::from_raw", "Rc::from_raw")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each closure without a bound on its life that is given up for C."""
    for code in codebase.functions():
        for name in _closures(code):
            if not _registers(code, name):
                continue
            for call in calls(code, *_GIVES):
                if _boxes(code, call, name) and not _taken_back(code, call):
                    yield Hit(Span.of(code.path, call.at), f"C keeps a `{name}`, which may borrow: no `'static`")


def _closures(code: Code) -> Iterator[str]:
    """The type parameters of the function that are closures of any lifetime, and that its result does not hold. A
    lifetime of the function's own is any: it need last no longer than the call."""
    if code.body.unsafe or "'" in code.body.returns:
        return
    own = {generic.name for generic in code.body.generics}
    for name, bounds in type_parameters(code).items():
        named = {found for bound in bounds for found in _LIFETIME.findall(_FOR.sub("", bound))}
        if name in own and named <= own and any(map(_FN.search, bounds)) and not _mentions(code.body.returns, name):
            yield name


def _registers(code: Code, name: str) -> bool:
    """Whether a foreign call gets a function made for the type: `trampoline::<F>`."""
    given = (argument for _, call in foreign_calls(code) for argument in call.arguments)
    return any("::<" in (told := text(argument)) and _mentions(told, name) for argument in given)


def _taken_back(code: Code, call: Call) -> bool:
    """Whether it is taken back whatever happens: not only in a branch, as when C refuses it."""
    around = {id(outer) for outer in code.ancestors(call)}
    return any(
        all(id(outer) in around for outer in code.ancestors(taken) if isinstance(outer, (If, Match)))
        for taken in calls(code, *_TAKES)
    )


def _boxes(code: Code, call: Call, name: str) -> bool:
    """Whether what is given up was made of a parameter of the type."""
    made = [part for one in origins(code, call) for part in walk(one.node)]
    return any(_is_closure(code, node, name) for node in made)


def _is_closure(code: Code, node: Node, name: str) -> bool:
    found = origins(code, node) if isinstance(node, Path) else ()
    return any(isinstance(one.node, Formal) and _mentions(one.node.type, name) for one in found)


def _mentions(written: str, name: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", written))
