"""C frees memory that the heap never gave it

What: A foreign function that frees its argument gets a pointer to a local variable, to a field, or into what a Rust
owner holds.
Why: `free` of an address that `malloc` did not return corrupts the heap, and the owner in Rust goes on using or frees
the memory as well.
Instead: Allocate with the allocator of the C side what it is to free, or call the variant that only clears the
object.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, origins, owns, short
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import done_to_arguments, effects_by_symbol

PATTERN = "P32"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-590",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub struct Entry { id: u32 }
pub struct Pool { first: Entry }
extern "C" { fn entry_free(e: *mut Entry); fn bytes_free(p: *mut u8); }
pub fn local() {
    let mut entry = Entry { id: 1 };
    unsafe { entry_free(&mut entry) }                                  //~ unowned-memory-freed-by-c
}
pub fn field(mut pool: Pool) {
    unsafe { entry_free(&mut pool.first as *mut Entry) }               //~ unowned-memory-freed-by-c
}
pub fn bytes() {
    let mut values = vec![0u8; 8];
    unsafe { bytes_free(values.as_mut_ptr()) }                         //~ unowned-memory-freed-by-c
}
-- c/entry.c --
#include <stdlib.h>
struct entry { unsigned id; };
void entry_free(struct entry *e) { free(e); }
void bytes_free(unsigned char *p) { free(p); }
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub struct Entry { id: u32, text: *mut u8 }
extern "C" {
    fn entry_new() -> *mut Entry;
    fn entry_free(e: *mut Entry);
    fn entry_clear(e: *mut Entry);
    fn entry_free_at(e: *mut *mut Entry);
}
pub fn made() {
    let entry = unsafe { entry_new() };
    unsafe { entry_free(entry) }
}
pub fn cleared() {
    let mut entry = Entry { id: 1, text: std::ptr::null_mut() };
    unsafe { entry_clear(&mut entry) }
}
pub fn through() {
    let mut entry = unsafe { entry_new() };
    unsafe { entry_free_at(&mut entry) }
}
pub fn given(entry: *mut Entry) { unsafe { entry_free(entry) } }
-- c/entry.c --
#include <stdlib.h>
struct entry { unsigned id; unsigned char *text; };
struct entry *entry_new(void) { return malloc(sizeof(struct entry)); }
void entry_free(struct entry *e) { free(e); }
void entry_clear(struct entry *e) { free(e->text); e->text = 0; }
void entry_free_at(struct entry **e) { free(*e); *e = 0; }
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each argument that C frees and that points into a value of the function."""
    effects = effects_by_symbol(codebase.program)
    for code in codebase.functions() if effects else ():
        for done in done_to_arguments(code, effects, EffectKind.FREES):
            if any(_held(code, found) for found in origins(code, done.argument)):
                message = f"`{done.symbol}` frees what `{short(done.argument)}` points to, which it did not allocate"
                yield Hit(Span.of(code.path, done.call.at), message, (Label(done.effect.span, "freed here"),))


def _held(code: Code, found: Origin) -> bool:
    """Whether a pointer leads into a value that this function holds, and gives away no heap memory of C's."""
    if "into_raw" in found.steps or "leak" in found.steps:
        return False
    return found.inside and found.source is not Source.FOREIGN and owns(code, found) is True
