"""A record without a stated layout crosses to C

What: A Rust struct, union or enum without `repr(C)`, `repr(transparent)` or a number's `repr` is passed by value, or
behind a pointer that the C function looks into.
Why: The compiler orders and pads the fields of such a type as it likes, and may do otherwise tomorrow. C reads other
fields than Rust wrote.
Instead: `#[repr(C)]`; or give C a pointer that it only hands around.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.effects import EffectKind
from ffireview.model.facts import TypeFact, TypeKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.program import Anchor
from ffireview.rules.crossing import called, labels, types_that_cross

PATTERN = "P11"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CTYPE",)
CWE = ("CWE-843",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
pub struct Point { x: i32, y: i64 }
pub struct Filled { n: u8, at: u64 }
extern "C" {
    fn plot_plot(at: Point);                                     //~ unstable-layout-crosses
    fn plot_fill(out: *mut Filled);                              //~ unstable-layout-crosses
}
#[no_mangle]
pub extern "C" fn plot_origin() -> Point { Point { x: 0, y: 0 } }    //~ unstable-layout-crosses
-- c/plot.c --
struct Point { int x; long long y; };
struct Filled { unsigned char n; unsigned long long at; };
void plot_plot(struct Point at) {}
void plot_fill(struct Filled *out) { out->n = 1; }
struct Point plot_origin(void);
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub struct Point { x: i32, y: i64 }
#[repr(transparent)]
pub struct Id(u32);
#[repr(u8)]
pub enum Kind { A, B }
pub struct Handle { secret: Vec<u8> }
pub enum Opaque {}
pub struct Marker;
extern "C" {
    fn plot_plot(at: Point, id: Id, kind: Kind);
    fn plot_keep(handle: *mut Handle);
    fn plot_next(opaque: *mut Opaque) -> i32;
}
fn inside(handle: Handle) {}
-- c/plot.c --
struct Point { int x; long long y; };
void *kept;
struct Opaque { int n; };
void plot_plot(struct Point at, unsigned id, char kind) {}
void plot_keep(void *handle) { kept = handle; }
int plot_next(struct Opaque *opaque) { return opaque->n; }
""",
    """\
-- host/Cargo.toml --
[package]
name = "host"
-- host/src/lib.rs --
pub(crate) enum Advice { Normal, Random }
-- guest/Cargo.toml --
[package]
name = "guest"
-- guest/src/lib.rs --
use wasip1::*;
#[no_mangle]
pub extern "C" fn fd_advise(advice: Advice) {}
""",
)

_LOOKS = (EffectKind.READS_THROUGH, EffectKind.WRITES_THROUGH)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each parameter and result by value, and for each pointer parameter of an import whose C side reads or
    writes fields."""
    for anchor, where, text in types_that_cross(codebase.program):
        if fact := _loose(codebase, anchor, text):
            yield Hit(anchor.span, f"{anchor.name}: {where}: the layout of {fact.name} is the compiler's choice")
    for function in called(codebase.program).values():
        for anchor in function.imports:
            for index, parameter in enumerate(anchor.signature.parameters if anchor.signature else ()):
                pointer, _, text = parameter.type.partition(" ")
                looked = function.does(index, *_LOOKS) if pointer in ("*mut", "*const", "&mut") else []
                fact = _loose(codebase, anchor, text) if looked else None
                if fact is not None:
                    message = f"{anchor.name}: C looks into {fact.name}, whose layout is the compiler's choice"
                    yield Hit(anchor.span, message, labels(looked, "looked into here"))


def _loose(codebase: Codebase, anchor: Anchor, text: str) -> TypeFact | None:
    """The definition of a type with fields and no stated layout. A macro that makes the function may hand its types on
    in another form."""
    if anchor.how.startswith("macro "):
        return None
    found = codebase.meant(text, codebase.crate_of(anchor.span.path))
    return found[0] if found and all(map(_is_loose, found)) else None


def _is_loose(fact: TypeFact) -> bool:
    parts = fact.fields if fact.kind in (TypeKind.STRUCT, TypeKind.UNION) else fact.values
    return bool(parts) and not fact.repr and fact.kind is not TypeKind.ALIAS
