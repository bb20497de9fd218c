"""C makes a value of a Rust enum

What: A function of C returns a Rust `enum` or writes it through a pointer, or C calls a function of Rust with one.
Why: An enum of C holds any integer, and a newer library has more values. A value that is none of the variants is
undefined behaviour before the first `match`.
Instead: Let an integer (or a struct around one, with constants) cross, and convert it with `TryFrom`.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.facts import TypeFact, TypeKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.rules.crossing import given_by_c

PATTERN = "P13 P14"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-NOENUM", "FFI-CKNONROBUST")
CWE = ("CWE-843",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub enum State { Idle, Busy }
type Status = State;
extern "C" {
    fn device_state(id: i32) -> State;                      //~ enum-from-foreign
    fn device_ask(id: i32, state: *mut State);              //~ enum-from-foreign
    fn device_status(id: i32) -> Status;                    //~ enum-from-foreign
}
#[no_mangle]
pub extern "C" fn device_changed(state: State) {}           //~ enum-from-foreign
-- c/device.c --
enum State { IDLE, BUSY };
enum State device_state(int id) { return id; }
enum State device_status(int id) { return id; }
void device_ask(int id, enum State *state) { *state = id; }
void device_changed(enum State state);
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[repr(C)]
pub enum State { Idle, Busy }
pub enum Device {}
#[repr(transparent)]
pub struct Level(u32);
#[repr(C)]
pub enum Only { One }
extern "C" {
    fn device_set(id: i32, state: State);
    fn device_put(id: i32, state: *const State);
    fn device_level(id: i32) -> Level;
    fn device_first() -> *mut Device;
    fn device_code(id: i32) -> u32;
}
#[no_mangle]
pub extern "C" fn device_get() -> State { State::Idle }
pub fn inside(state: State) {}
-- c/device.c --
enum State { IDLE, BUSY };
void device_set(int id, enum State state) {}
void device_put(int id, const enum State *state) {}
unsigned device_level(int id) { return 0; }
struct Device *device_first(void) { return 0; }
unsigned device_code(int id) { return 0; }
enum State device_get(void);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each parameter or result that is an enum with variants, made by C."""
    for anchor, where, text in given_by_c(codebase.program):
        found = codebase.meant(text, codebase.crate_of(anchor.span.path))
        if found and all(map(_is_closed, found)):
            yield Hit(anchor.span, f"{anchor.name}: {where} is valid only if C knows every value of {found[0].name}")


def _is_closed(fact: TypeFact) -> bool:
    return fact.kind is TypeKind.ENUM and len(fact.values) > 1
