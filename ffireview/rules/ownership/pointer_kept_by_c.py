"""C keeps a pointer to what ends before C is done with it

What: A foreign function that stores its argument (in a global, in an object, in a list) gets a pointer into a local
value, a temporary, or what a reference of the caller points to.
Why: The value ends with the statement, the function or the borrow, and C goes on using the address. No compiler sees
it: a raw pointer has no lifetime.
Instead: Keep the owner beside the object that C stores it in, and take it back before the drop; or give C a copy of
its own.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, moves, origins, owns, short
from ffireview.model.body import Formal
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import Done, done_to_arguments, effects_by_symbol
from ffireview.rules.reach import reviewed

PATTERN = "P37"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-562", "CWE-825")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use std::ffi::{CString, c_char};
extern "C" { fn store_set_name(name: *const c_char); fn store_set_data(s: *mut Raw, data: *const u8); }
#[repr(C)]
pub struct Raw { data: *const u8 }
pub struct Store { raw: *mut Raw }
pub fn name(text: &str) {
    let name = CString::new(text).unwrap();
    unsafe { store_set_name(name.as_ptr()) }                     //~ pointer-kept-by-c
}
impl Store {
    pub fn data(&self, data: &[u8]) {
        unsafe { store_set_data(self.raw, data.as_ptr()) }       //~ pointer-kept-by-c
    }
    pub fn fixed(&mut self) {
        let data = [0u8; 4];
        unsafe { store_set_data(self.raw, &data as *const _ as *const u8) }   //~ pointer-kept-by-c
    }
}
-- c/store.c --
struct raw { const unsigned char *data; };
static const char *the_name;
void store_set_name(const char *name) { the_name = name; }
void store_set_data(struct raw *s, const unsigned char *data) { s->data = data; }
""",
)
GOOD = (
    """\
-- src/lib.rs --
use std::ffi::{CStr, CString, c_char};
extern "C" {
    fn store_set_name(name: *const c_char);
    fn store_copy_name(name: *const c_char);
    fn store_set_data(s: *mut Raw, data: *const u8);
    fn store_run(s: *mut Raw) -> i32;
}
#[repr(C)]
pub struct Raw { data: *const u8 }
pub struct Store<'a> { raw: *mut Raw, held: &'a [u8] }
pub fn leaked(text: &str) { unsafe { store_set_name(CString::new(text).unwrap().into_raw()) } }
pub fn copied(text: &str) {
    let name = CString::new(text).unwrap();
    unsafe { store_copy_name(name.as_ptr()) }
}
pub fn forever(name: &'static CStr) { unsafe { store_set_name(name.as_ptr()) } }
pub fn literal() { unsafe { store_set_name(c"store".as_ptr()) } }
pub fn both(data: &[u8]) -> i32 {
    let mut raw = Raw { data: std::ptr::null() };
    unsafe {
        store_set_data(&mut raw, data.as_ptr());
        store_run(&mut raw)
    }
}
pub fn unset(text: &str) {
    let name = CString::new(text).unwrap();
    unsafe { store_set_name(name.as_ptr()) }
    unsafe { store_set_name(std::ptr::null()) }
}
impl<'a> Store<'a> {
    pub fn data(&mut self, data: &'a [u8]) { unsafe { store_set_data(self.raw, data.as_ptr()) } }
    pub fn own(&self, data: Vec<u8>) -> Vec<u8> {
        unsafe { store_set_data(self.raw, data.as_ptr()) };
        data
    }
}
pub unsafe fn raw(name: *const c_char) { store_set_name(name) }
-- c/store.c --
#include <string.h>
struct raw { const unsigned char *data; };
static const char *the_name;
static char kept[10];
void store_set_name(const char *name) { the_name = name; }
void store_copy_name(const char *name) { strncpy(kept, name, 9); }
void store_set_data(struct raw *s, const unsigned char *data) { s->data = data; }
int store_run(struct raw *s) { return s->data[0]; }
""",
    """\
-- src/lib.rs --
use std::ffi::{CString, c_char};
pub struct Options { raw: *mut Raw }
pub enum Raw {}
extern "C" { fn options_set_dir(o: *mut Raw, dir: *const c_char); }
impl Options {
    pub fn set_dir(&self, dir: &str) {
        let dir = CString::new(dir).unwrap();
        unsafe { options_set_dir(self.raw, dir.as_ptr()) }
    }
}
-- c/options.cc --
#include <string>
struct options { std::string dir; };
extern "C" void options_set_dir(options *o, const char *dir) { o->dir = dir; }
""",
)

_TEXT = re.compile(r"\b(?:CString|CStr|String|str|c_char)\b")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each argument that C keeps and that points to what is not kept with it."""
    effects = effects_by_symbol(codebase.program)
    for code in reviewed(codebase) if effects else ():
        for done in done_to_arguments(code, effects, EffectKind.STORES):
            if _lives_as_long(code, done) or _set_again(code, done) or _may_copy(code, done):
                continue
            told = next((text for one in origins(code, done.argument) if (text := _ends(code, one))), "")
            if told:
                message = f"`{done.symbol}` keeps `{short(done.argument)}`, {told}"
                yield Hit(Span.of(code.path, done.call.at), message, (Label(done.effect.span, "kept here"),))


def _lives_as_long(code: Code, done: Done) -> bool:
    """Whether what it is stored in is a local value as well, or the result, or something that only
    another build of C has: they may end together."""
    for index in done.effect.others:
        if index < 0 or index >= len(done.call.arguments):
            return True
        holder = done.call.arguments[index : index + 1]
        if any(one.inside for node in holder for one in origins(code, node)):
            return True
    return False


def _may_copy(code: Code, done: Done) -> bool:
    """Whether C++ may make a string of its own of the text that it assigns: then nothing is kept."""
    if done.effect.span.path.endswith((".c", ".h")) or "=" not in done.effect.detail:
        return False
    found = origins(code, done.argument)
    return any(_TEXT.search(one.node.type if isinstance(one.node, Formal) else one.name) for one in found)


def _set_again(code: Code, done: Done) -> bool:
    """Whether a later call of the same function may take the pointer back."""
    again = (call for call in code.of(type(done.call)) if code.foreign(call) == done.symbol)
    return any(code.rank(call) > code.rank(done.call) for call in again)


def _ends(code: Code, found: Origin) -> str:
    """In words, how what is pointed to ends; empty where nothing says so."""
    if found.inside and owns(code, found) is True:
        if found.held is None:
            return "which points into a temporary"
        return "" if moves(code, found.held) else f"which points into `{found.held.name}` of this function"
    if found.source is Source.PARAMETER and isinstance(found.node, Formal) and not found.path:
        borrowed = found.node.type.startswith("&") and "'" not in found.node.type and not code.body.unsafe
        bound = any(part.name == found.name for part in found.node.pattern.bindings) and found.name != "self"
        return f"which `{found.name}` only lends" if borrowed and bound and "'" not in code.body.returns else ""
    return ""
