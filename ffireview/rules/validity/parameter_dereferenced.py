"""A safe function uses a raw pointer that its caller made up

What: A public function without `unsafe` dereferences a raw pointer parameter, or makes a reference, slice, string or
`Box` of it.
Why: Any safe code can make a raw pointer of any number. What is undefined behaviour here is the fault of no `unsafe` of
the caller's.
Instead: Make the function `unsafe` and say what it asks for, or take a reference.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import dereferences, is_open, raw_parameters, reviewed, whole_parameter

PATTERN = "P87"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("LANG-UNSAFE-ENCP",)
CWE = ("CWE-822",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub fn level(gauge: *const Gauge) -> u32 {
    unsafe { (*gauge).level }                               //~ parameter-dereferenced
}
pub struct Text(String);
impl Text {
    pub fn of(at: *const c_char) -> Text {
        Text(unsafe { CStr::from_ptr(at) }.to_string_lossy().into_owned())      //~ parameter-dereferenced
    }
}
""",
)
GOOD = (
    """\
pub unsafe fn level(gauge: *const Gauge) -> u32 {
    (*gauge).level
}
pub fn of(gauge: &Gauge) -> u32 {
    let at: *const Gauge = gauge;
    unsafe { (*at).level }
}
fn inside(gauge: *const Gauge) -> u32 {
    unsafe { (*gauge).level }
}
pub fn same(a: *const Gauge, b: *const Gauge) -> bool {
    a == b
}
#[no_mangle]
pub extern "C" fn exported(gauge: *const Gauge) -> u32 {
    unsafe { (*gauge).level }
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each pointer parameter, at its first use."""
    for code in reviewed(codebase):
        waiting = {id(formal) for formal in raw_parameters(code)} if is_open(code) else set()
        for pointer, use in dereferences(code) if waiting else ():
            found = whole_parameter(code, pointer)
            if found is not None and id(found.node) in waiting:
                waiting.remove(id(found.node))
                yield Hit(Span.of(code.path, use.at), f"safe code may call `{code.body.name}` with any `{found.name}`")
