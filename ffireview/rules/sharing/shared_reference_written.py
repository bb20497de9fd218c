"""C writes through what Rust only shares

What: The address of a shared reference, or of a value taken by `&`, is cast to `*mut` and given to a foreign function
that writes through it.
Why: The compiler takes what is behind `&` for unchanging: it keeps old values in registers, moves reads, puts
constants into read-only memory. The write is undefined behaviour.
Instead: Take `&mut`, make the pointer with `&raw mut` or `&mut`, or keep the value in an `UnsafeCell`.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, base_type, is_pointer, origins, short
from ffireview.model.body import Formal
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import done_to_arguments, effects_by_symbol
from ffireview.rules.reach import is_opaque

PATTERN = "P60"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CK-REF-MODEL",)
CWE = ("CWE-471", "CWE-843")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" { fn store_size(out: *mut u32); fn store_fill(out: *mut u8, n: usize); }
pub struct Store { count: u32 }
impl Store {
    pub fn count(&self) { unsafe { store_size(&self.count as *const u32 as *mut u32) } }  //~ shared-reference-written
}
pub fn size() -> u32 {
    let size = 0u32;
    unsafe { store_size(&size as *const _ as *mut _) }                     //~ shared-reference-written
    size
}
pub fn fill(bytes: &[u8]) {
    unsafe { store_fill(bytes.as_ptr() as *mut u8, bytes.len()) }          //~ shared-reference-written
}
-- c/store.c --
#include <stddef.h>
#include <string.h>
void store_size(unsigned *out) { *out = 7; }
void store_fill(unsigned char *out, size_t n) { memset(out, 1, n); }
""",
)
GOOD = (
    """\
-- src/lib.rs --
use std::cell::UnsafeCell;
extern "C" {
    fn store_size(out: *mut u32);
    fn store_fill(out: *mut u8, n: usize);
    fn store_sum(data: *mut u8, n: usize) -> u32;
    fn raw_touch(raw: *mut Raw);
}
#[repr(C)]
pub struct Raw { _private: [u8; 0] }
pub struct Store { count: UnsafeCell<u32>, raw: *mut Raw }
impl Store {
    pub fn count(&self) { unsafe { store_size(self.count.get()) } }
    pub fn held(&self) { unsafe { store_size(&self.count as *const _ as *mut u32) } }
    pub fn touch(&self) { unsafe { raw_touch(self.raw) } }
}
pub fn opaque(raw: &Raw) { unsafe { raw_touch(raw as *const Raw as *mut Raw) } }
pub fn size() -> u32 {
    let mut size = 0u32;
    unsafe { store_size(&mut size) }
    size
}
pub fn fill(bytes: &mut [u8]) { unsafe { store_fill(bytes.as_mut_ptr(), bytes.len()) } }
pub fn sum(bytes: &[u8]) -> u32 { unsafe { store_sum(bytes.as_ptr() as *mut u8, bytes.len()) } }
pub fn cell(bytes: &UnsafeCell<u32>) { unsafe { store_size(bytes as *const _ as *mut u32) } }
-- c/store.c --
#include <stddef.h>
#include <string.h>
struct raw { int n; };
void store_size(unsigned *out) { *out = 7; }
void store_fill(unsigned char *out, size_t n) { memset(out, 1, n); }
unsigned store_sum(unsigned char *data, size_t n) { unsigned s = 0; while (n) s += data[--n]; return s; }
void raw_touch(struct raw *raw) { raw->n = 1; }
""",
)

_INTERIOR = re.compile(r"Cell\b|Atomic|Mutex|MaybeUninit|Opaque|c_void|\*\s*(?:mut|const)|&\s*(?:'\w+\s*)?mut\b")
_SHARED = re.compile(r"^&\s*(?:'\w+\s*)?(?!mut\b)")
_UNSHARED = ("&mut", "&raw mut", ".as_mut_ptr", ".get", "addr_of_mut!", ".as_mut", ".as_mut_slice")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each argument that C writes through and that comes from a shared reference."""
    effects = effects_by_symbol(codebase.program)
    for code in codebase.functions() if effects else ():
        for done in done_to_arguments(code, effects, EffectKind.WRITES_THROUGH):
            if any(_is_shared(codebase, code, one) for one in origins(code, done.argument)):
                message = f"`{done.symbol}` writes through `{short(done.argument)}`, which is only shared"
                yield Hit(Span.of(code.path, done.call.at), message, (Label(done.effect.span, "written here"),))


def _is_shared(codebase: Codebase, code: Code, found: Origin) -> bool:
    if any(step.startswith(_UNSHARED) for step in found.steps) or not _made_mutable(found):
        return False
    if found.source is Source.PARAMETER and isinstance(found.node, Formal):
        written = code.part_type(found.node, found.path)
        if found.path and (not written or is_pointer(written)):
            return False
        if found.path == () and found.inside and not found.direct:
            return False
        if not found.inside and not _SHARED.match(found.node.type):
            return False
        return not _may_change(codebase, code, written)
    return found.inside and found.direct and "&" in found.steps


def _made_mutable(found: Origin) -> bool:
    """Whether the pointer became a mutable one by a cast only."""
    mutable = [step for step in found.steps if step.startswith("as *mut") or step == ".cast_mut"]
    return bool(mutable) and any(step in ("&", ".as_ptr") or step.startswith("as *const") for step in found.steps)


def _may_change(codebase: Codebase, code: Code, written: str) -> bool:
    """Whether a type says that it may change behind `&`, or is only a name for something of C."""
    if _INTERIOR.search(written.lstrip("&* ")):
        return True
    name = base_type("Self" if "Self" in written else written)
    if name == "Self" and code.body.implements:
        name = base_type(code.body.implements.type)
    fields = [field.type for fact in codebase.types(name, code.crate) for field in fact.fields]
    return is_opaque(codebase, name, code.crate) or any(map(_INTERIOR.search, fields))
