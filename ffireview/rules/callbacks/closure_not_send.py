"""C runs a closure on a thread of its own, and the closure need not be Send

What: A generic closure without `Send` is handed to a foreign function that starts a thread.
Why: Safe code may pass a closure that holds an `Rc` or a `RefCell` reference; two threads then use it at once.
Instead: Require `F: Send + 'static`, or run the closure on the calling thread only.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, foreign_calls, text, type_parameters
from ffireview.model.effects import Effect, EffectKind, Effects
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import effects_by_symbol
from ffireview.rules.reach import reviewed

PATTERN = "P76"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-362",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use std::ffi::c_void;
extern "C" { fn store_later(f: extern "C" fn(*mut c_void), data: *mut c_void) -> i32; }
extern "C" fn run<F: FnOnce() + 'static>(data: *mut c_void) { unsafe { Box::from_raw(data as *mut F)() } }
pub fn later<F: FnOnce() + 'static>(f: F) -> i32 {
    unsafe { store_later(run::<F>, Box::into_raw(Box::new(f)).cast()) }           //~ closure-not-send
}
-- c/store.c --
#include <pthread.h>
int store_later(void (*f)(void *), void *data) {
    pthread_t t;
    return pthread_create(&t, 0, (void *(*)(void *))f, data);
}
""",
)
GOOD = (
    """\
-- src/lib.rs --
use std::ffi::c_void;
extern "C" {
    fn store_later(f: extern "C" fn(*mut c_void), data: *mut c_void) -> i32;
    fn store_now(f: extern "C" fn(*mut c_void), data: *mut c_void);
}
extern "C" fn run<F: FnOnce() + 'static>(data: *mut c_void) { unsafe { Box::from_raw(data as *mut F)() } }
pub fn later<F: FnOnce() + Send + 'static>(f: F) -> i32 {
    unsafe { store_later(run::<F>, Box::into_raw(Box::new(f)).cast()) }
}
pub fn now<F: FnOnce() + 'static>(f: F) {
    unsafe { store_now(run::<F>, Box::into_raw(Box::new(f)).cast()) }
}
-- c/store.c --
#include <pthread.h>
int store_later(void (*f)(void *), void *data) {
    pthread_t t;
    return pthread_create(&t, 0, (void *(*)(void *))f, data);
}
void store_now(void (*f)(void *), void *data) { f(data); }
""",
)

_FN = re.compile(r"\b(?:Fn|FnMut|FnOnce)\b")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each call that hands C a function made for such a closure."""
    starts = {symbol: found for symbol, done in effects_by_symbol(codebase.program).items() if (found := _starts(done))}
    for code in reviewed(codebase) if starts else ():
        for symbol, call in foreign_calls(code) if not code.body.unsafe else ():
            for name in _closures(code) if symbol in starts else ():
                given = [told for argument in call.arguments if "::<" in (told := text(argument))]
                if any(re.search(rf"\b{re.escape(name)}\b", told) for told in given):
                    label = Label(starts[symbol].span, "starts a thread")
                    message = f"`{symbol}` starts a thread, and `{name}` need not be `Send`"
                    yield Hit(Span.of(code.path, call.at), message, (label,))


def _starts(done: tuple[Effects, ...]) -> Effect | None:
    """Where a function starts a thread."""
    control = (effect for one in done for effect in one.control)
    return next((effect for effect in control if effect.kind is EffectKind.STARTS_THREAD), None)


def _closures(code: Code) -> Iterator[str]:
    """The type parameters that are closures and may not be moved to another thread."""
    for name, bounds in type_parameters(code).items():
        if any(map(_FN.search, bounds)) and not any(re.search(r"\bSend\b", bound) for bound in bounds):
            yield name
