"""A value of zeroes of a type that is never zero

What: `mem::zeroed()` or `MaybeUninit::zeroed().assume_init()` makes a reference, a function pointer, a `Box`, `NonNull`
or `NonZero`, or a struct that holds one.
Why: Undefined behaviour at once, not only when it is used: the compiler relies on the value not being zero. Newer
toolchains panic here.
Instead: `Option` around the field, which makes zero `None`; or `MaybeUninit` until all fields are written.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, calls, expected_type, methods, named, turbofish
from ffireview.model.body import Call, MethodCall, Node, Path
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.bits import generic_argument, never_zero
from ffireview.rules.reach import reviewed

PATTERN = "P53"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-908", "CWE-476")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::mem::{self, MaybeUninit};
#[repr(C)]
pub struct Hooks { count: u32, open: extern "C" fn(u32) -> u32 }
#[repr(C)]
pub struct Table { hooks: [Hooks; 2] }
#[repr(u8)]
pub enum Kind { One = 1, Two = 2 }
impl Hooks {
    pub fn new() -> Self {
        unsafe { mem::zeroed() }                                    //~ zeroed-never-zero
    }
}
pub fn make() -> Table {
    let text = unsafe { mem::zeroed::<&str>() };                    //~ zeroed-never-zero
    let kind: Kind = unsafe { MaybeUninit::zeroed().assume_init() };    //~ zeroed-never-zero
    let name = unsafe { MaybeUninit::<String>::zeroed().assume_init() };    //~ zeroed-never-zero
    let table: Table = unsafe { std::mem::zeroed() };               //~ zeroed-never-zero
    table
}
""",
)
GOOD = (
    """\
use std::mem::{self, MaybeUninit};
#[repr(C)]
pub struct Hooks { count: u32, open: Option<extern "C" fn(u32) -> u32>, data: *mut u8, none: [&'static str; 0] }
#[repr(u8)]
pub enum Kind { Zero, One }
pub union Either { name: &'static str, number: u64 }
pub struct Late { name: MaybeUninit<&'static str> }
pub fn make<T>() -> Hooks {
    let kind: Kind = unsafe { mem::zeroed() };
    let either: Either = unsafe { mem::zeroed() };
    let late: Late = unsafe { mem::zeroed() };
    let any: T = unsafe { mem::zeroed() };
    let name = MaybeUninit::<&str>::zeroed();
    unsafe { mem::zeroed() }
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each value of zeroes whose type, or a field of it, is never zero."""
    for code in reviewed(codebase):
        for node, written in _zeroed(code):
            part = never_zero(codebase, written, code.crate) if written else ""
            if part:
                whole = "" if part == written else f", part of `{written}`"
                yield Hit(Span.of(code.path, node.at), f"`{part}`{whole}, is never all zeroes"[:160])


def _zeroed(code: Code) -> Iterator[tuple[Node, str]]:
    """Each value of zeroes, with its type where that is written."""
    for call in calls(code, "mem::zeroed", "zeroed"):
        if named(call, "MaybeUninit::zeroed"):
            continue
        given = turbofish(call)
        yield call, given[0] if given else expected_type(code, call)
    for made in methods(code, "assume_init"):
        if named(made.receiver, "MaybeUninit::zeroed"):
            yield made, _of_maybe(code, made)


def _of_maybe(code: Code, made: MethodCall) -> str:
    maker = made.receiver
    written = maker.callee.text if isinstance(maker, Call) and isinstance(maker.callee, Path) else ""
    return generic_argument(written) or expected_type(code, made)
