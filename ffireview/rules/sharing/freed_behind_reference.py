"""C frees what a reference of the caller points to

What: A function takes `&T` or `&mut T` and gives that very address to a foreign function that frees it.
Why: A reference must be valid until the function returns, the compiler may read through it until then, and the caller
still has it afterwards: memory that is gone looks alive.
Instead: Take the owner by value or a raw pointer in an `unsafe fn`, so that nobody holds a reference any more.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, origins
from ffireview.model.body import Formal
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import done_to_arguments, effects_by_symbol
from ffireview.rules.reach import is_opaque

PATTERN = "P63"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CK-REF-MODEL",)
CWE = ("CWE-416",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub struct Entry { id: u32 }
extern "C" { fn entry_free(e: *mut Entry); }
pub fn close(entry: &mut Entry) {
    unsafe { entry_free(entry) }                          //~ freed-behind-reference
}
impl Entry {
    pub fn end(&self) {
        unsafe { entry_free(self as *const Entry as *mut Entry) }   //~ freed-behind-reference
    }
}
-- c/entry.c --
#include <stdlib.h>
struct entry { unsigned id; };
void entry_free(struct entry *e) { free(e); }
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub struct Entry { id: u32 }
pub struct Handle { raw: *mut Entry }
#[repr(C)]
pub struct Opaque([u8; 0]);
#[repr(C)]
pub struct Foreign(Opaque);
impl Drop for Foreign {
    fn drop(&mut self) { unsafe { entry_free(self as *mut Foreign as *mut Entry) } }
}
extern "C" { fn entry_free(e: *mut Entry); fn entry_drop(e: *mut *mut Entry); fn entry_sum(e: *mut Entry) -> u32; }
impl Drop for Handle {
    fn drop(&mut self) { unsafe { entry_free(self.raw) } }
}
pub struct Inline([usize; 6]);
impl Drop for Inline {
    fn drop(&mut self) { unsafe { entry_free(self as *mut Inline as *mut Entry) } }
}
pub unsafe fn close(entry: *mut Entry) { entry_free(entry) }
pub fn end(entry: &mut *mut Entry) { unsafe { entry_drop(entry) } }
pub fn end_at(entry: &mut *mut Entry) { unsafe { entry_free(*entry) } }
pub fn sum(entry: &mut Entry) -> u32 { unsafe { entry_sum(entry) } }
-- c/entry.c --
#include <stdlib.h>
struct entry { unsigned id; };
void entry_free(struct entry *e) { free(e); }
void entry_drop(struct entry **e) { free(*e); *e = 0; }
unsigned entry_sum(struct entry *e) { return e->id; }
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each argument that C frees and that is a reference parameter. Nobody has a value after its
    destructor."""
    effects = effects_by_symbol(codebase.program)
    for code in codebase.functions() if effects else ():
        if code.body.name == "drop" and code.body.implements:
            continue
        for done in done_to_arguments(code, effects, EffectKind.FREES):
            found = next((one for one in origins(code, done.argument) if _is_reference(one, codebase, code)), None)
            if found is not None:
                message = f"`{done.symbol}` frees what the caller's reference `{found.name}` points to"
                yield Hit(Span.of(code.path, done.call.at), message, (Label(done.effect.span, "freed here"),))


def _is_reference(found: Origin, codebase: Codebase, code: Code) -> bool:
    """Whether it is a reference parameter as it came, to something that has bytes."""
    whole = found.source is Source.PARAMETER and not found.inside and found.path in ((), ("*",))
    if not whole or not isinstance(found.node, Formal) or not found.node.type.startswith("&"):
        return False
    around = code.body.implements
    written = around.type if around and "Self" in found.node.type else found.node.type
    return not is_opaque(codebase, written, code.crate) and (found.path == () or "*" not in found.node.type)
