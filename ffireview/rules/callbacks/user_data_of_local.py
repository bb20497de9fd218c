"""A callback stays registered with data of a function that has returned

What: A callback is registered with C (`register_..`, `set_.._callback`, or a function that stores the pointer), its
user data is the address of a local variable, and the function returns without taking the callback back.
Why: C calls later, and the callback reads a stack frame that is gone or belongs to another function.
Instead: Box the data and free it when C lets go of it, or unregister before the function returns, by the drop of a
guard.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, foreign_calls, last_name, local_of, named, origins, short
from ffireview.model.body import Call, Cast, Node, Path
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import done_to_arguments, effects_by_symbol
from ffireview.rules.reach import is_called_by_c, reviewed

PATTERN = "P73"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-562", "CWE-416")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::ffi::c_void;
extern "C" { fn store_set_callback(f: extern "C" fn(*mut c_void), data: *mut c_void) -> i32; }
extern "C" fn changed(data: *mut c_void) { unsafe { *(data as *mut u32) += 1 } }
pub fn watch() -> i32 {
    let mut count = 0u32;
    unsafe { store_set_callback(changed, &mut count as *mut u32 as *mut c_void) }    //~ user-data-of-local
}
pub fn add(store: *mut c_void, mut count: u32) {
    unsafe { store_register_watch(store, Some(changed), &raw mut count as *mut c_void) };   //~ user-data-of-local
}
extern "C" { fn store_register_watch(s: *mut c_void, f: Option<extern "C" fn(*mut c_void)>, data: *mut c_void); }
""",
)
GOOD = (
    """\
use std::ffi::c_void;
extern "C" {
    fn store_set_callback(f: extern "C" fn(*mut c_void), data: *mut c_void) -> i32;
    fn store_unset_callback();
    fn store_each(f: extern "C" fn(*mut c_void), data: *mut c_void);
}
extern "C" fn changed(data: *mut c_void) { unsafe { *(data as *mut u32) += 1 } }
pub fn during() -> u32 {
    let mut count = 0u32;
    unsafe {
        store_set_callback(changed, &mut count as *mut u32 as *mut c_void);
        store_unset_callback();
    }
    count
}
pub fn again() {
    let mut count = 0u32;
    unsafe { store_set_callback(changed, &mut count as *mut u32 as *mut c_void) };
    unsafe { store_set_callback(changed, std::ptr::null_mut()) };
}
pub fn each() -> u32 {
    let mut count = 0u32;
    unsafe { store_each(changed, &mut count as *mut u32 as *mut c_void) };
    count
}
pub fn boxed() -> i32 { unsafe { store_set_callback(changed, Box::into_raw(Box::new(0u32)) as *mut c_void) } }
pub fn lent(count: &'static mut u32) -> i32 {
    unsafe { store_set_callback(changed, count as *mut u32 as *mut c_void) }
}
""",
)

_KEEPS = re.compile(
    r"(?:^|_)(?:register|subscribe|install|attach|listen|hook|observe)"
    r"|(?:set|add)_?\w*(?:callback|_cb|listener|handler|hook|watch|observer|notify)"
    r"|(?:Register|Set|Add)\w*(?:Callback|Listener|Handler|Hook|Observer)"
)
_LETS_GO = re.compile(
    r"un(?:register|set|subscribe|hook|install|watch|ref)|remove|detach|clear|destroy|free|close|delete|cancel|stop"
    r"|join|reset|end|finish|shutdown|release|disconnect|deinit",
    re.IGNORECASE,
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each registration with the address of a local."""
    effects = effects_by_symbol(codebase.program)
    for code in reviewed(codebase):
        stored = {id(done.argument): done for done in done_to_arguments(code, effects, EffectKind.STORES)}
        for symbol, call in foreign_calls(code):
            if not any(_is_callback(codebase, code, argument) for argument in call.arguments) or _ends(
                code, symbol, call
            ):
                continue
            for argument in call.arguments:
                done = stored.get(id(argument))
                if (done or (not effects.get(symbol) and _KEEPS.search(symbol))) and (name := _local(code, argument)):
                    labels = (Label(done.effect.span, "kept here"),) if done else ()
                    message = f"`{symbol}` keeps `{short(argument)}` after `{name}` is gone"
                    yield Hit(Span.of(code.path, call.at), message, labels)
                    break


def _is_callback(codebase: Codebase, code: Code, argument: Node) -> bool:
    """Whether an argument is a function with the ABI of C, of the same file or with its type written."""
    node = argument.arguments[0] if isinstance(argument, Call) and named(argument, "Some") else argument
    while isinstance(node, Cast):
        node = node.operand
    if not isinstance(node, Path) or local_of(code, node) is not None:
        return False
    return any(c.body.name == last_name(node.text) and is_called_by_c(c) for c in codebase.of_file(code.path))


def _local(code: Code, argument: Node) -> str:
    """The local whose storage a pointer leads to; empty where that is no local."""
    found = origins(code, argument)
    direct = [one.held.name for one in found if one.inside and one.direct and one.held is not None]
    return direct[0] if found and len(direct) == len(found) else ""


def _ends(code: Code, symbol: str, call: Call) -> bool:
    """Whether a call further down may take the callback back, or the value around is dropped with it."""
    later = [name for name, other in foreign_calls(code) if code.rank(other) > code.rank(call)]
    return any(name == symbol or _LETS_GO.search(name) for name in later)
