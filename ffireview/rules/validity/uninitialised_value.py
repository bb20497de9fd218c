"""A value is taken as made before anything was written to it

What: `mem::uninitialized()`, or `MaybeUninit::uninit().assume_init()` for a type that is not itself made of
`MaybeUninit`.
Why: Undefined behaviour at once, integers included: the compiler may give such bytes another value at every read. If
the function is left before they are written, a destructor frees garbage.
Instead: Keep the `MaybeUninit`, write through `as_mut_ptr()`, and call `assume_init` when all is written; or start with
zeroes.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, calls, expected_type, methods, named, turbofish
from ffireview.model.body import Call, MethodCall, Path
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.bits import generic_argument
from ffireview.rules.reach import reviewed

PATTERN = "P52"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-908",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::mem::{self, MaybeUninit};
pub struct Header { length: u32 }
pub fn header<R: Read>(input: &mut R) -> std::io::Result<[u8; 8]> {
    let mut head: [u8; 8] = unsafe { MaybeUninit::uninit().assume_init() };     //~ uninitialised-value
    input.read_exact(&mut head[..4])?;
    Ok(head)
}
pub fn read<T>(from: *const T) -> T {
    let mut value = unsafe { mem::uninitialized() };                            //~ uninitialised-value
    unsafe { std::ptr::copy(from, &mut value, 1) };
    value
}
pub unsafe fn make() -> Header {
    MaybeUninit::<Header>::uninit().assume_init()                               //~ uninitialised-value
}
""",
)
GOOD = (
    """\
use std::mem::{self, MaybeUninit};
pub struct Slots<T, const N: usize> { slots: [MaybeUninit<T>; N], used: [bool; 0] }
pub struct Room<T, const N: usize>([MaybeUninit<T>; N]);
impl<T, const N: usize> Room<T, N> {
    pub fn new() -> Self { unsafe { MaybeUninit::uninit().assume_init() } }
}
pub fn make<T, const N: usize>(fill: impl Fn(*mut u32)) -> u32 {
    let slots: [MaybeUninit<T>; N] = unsafe { MaybeUninit::uninit().assume_init() };
    let others = unsafe { MaybeUninit::<[MaybeUninit<T>; N]>::uninit().assume_init() };
    let mut value = MaybeUninit::uninit();
    fill(value.as_mut_ptr());
    unsafe { value.assume_init() }
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each value that nothing was written to, unless its type or a field of it is made for that, or is not
    known."""
    for code in reviewed(codebase):
        for call in calls(code, "mem::uninitialized"):
            given = turbofish(call)
            written = given[0] if given else expected_type(code, call)
            if not _may_stay_unwritten(codebase, code, written):
                yield Hit(Span.of(code.path, call.at), _told(written))
        for made in methods(code, "assume_init"):
            written = _of_maybe(code, made) if named(made.receiver, "MaybeUninit::uninit") else ""
            if written and not _may_stay_unwritten(codebase, code, written):
                yield Hit(Span.of(code.path, made.at), _told(written))


def _told(written: str) -> str:
    return f"nothing was written to this `{written}` yet" if written else "nothing was written to this value yet"


def _of_maybe(code: Code, made: MethodCall) -> str:
    maker = made.receiver
    written = maker.callee.text if isinstance(maker, Call) and isinstance(maker.callee, Path) else ""
    return generic_argument(written) or expected_type(code, made)


def _may_stay_unwritten(codebase: Codebase, code: Code, written: str) -> bool:
    if "MaybeUninit" in written or written in ("()", "_"):
        return True
    name = written.partition("<")[0]
    fields = [field for fact in codebase.types(name, code.crate) for field in fact.fields]
    return any("MaybeUninit" in field.type for field in fields)
