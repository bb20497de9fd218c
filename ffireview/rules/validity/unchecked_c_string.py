"""A C string is read without asking whether it is null

What: The result of a foreign function, or a field behind it, goes straight into `CStr::from_ptr` or a function like
it.
Why: Most C functions that return text return null for "none" or "failed"; `from_ptr` then reads address zero.
Instead: Put the pointer in a variable, ask `is_null()`, and return `None` or an error.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, calls, guards, null_checked, origins
from ffireview.model.body import Node
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import called
from ffireview.rules.reach import reviewed

PATTERN = "P44 P45"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-CK-PTR-VALID",)
CWE = ("CWE-476",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    fn device_name(id: i32) -> *const c_char;
}
pub fn name(id: i32) -> String {
    unsafe { CStr::from_ptr(device_name(id)).to_string_lossy().into_owned() }      //~ unchecked-c-string
}
pub fn bytes(id: i32) -> Vec<u8> {
    let at = unsafe { device_name(id) };
    let text = unsafe { CStr::from_ptr(at as *const _) };                          //~ unchecked-c-string
    text.to_bytes().to_vec()
}
-- c/device.h --
const char *device_name(int id);
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn device_name(id: i32) -> *const c_char;
    fn device_first(id: i32) -> *const Device;
    fn device_version() -> *const c_char;
    fn device_strerror(code: i32) -> *const c_char;
}
pub fn name(id: i32) -> Option<String> {
    let at = unsafe { device_name(id) };
    if at.is_null() {
        return None;
    }
    Some(unsafe { CStr::from_ptr(at).to_string_lossy().into_owned() })
}
pub fn mapped(id: i32) -> Option<&'static CStr> {
    unsafe { device_name(id).as_ref().map(|at| CStr::from_ptr(at)) }
}
pub fn behind(id: i32) -> Option<&'static CStr> {
    let first = unsafe { device_first(id) };
    if first.is_null() { return None; }
    Some(unsafe { CStr::from_ptr((*first).name) })
}
pub fn other(id: i32) -> Option<String> {
    let at = NonNull::new(unsafe { device_name(id) } as *mut c_char)?;
    Some(unsafe { CStr::from_ptr(at.as_ptr()).to_string_lossy().into_owned() })
}
pub fn about() -> (String, String) {
    let version = unsafe { CStr::from_ptr(device_version()) };
    let error = unsafe { CStr::from_ptr(device_strerror(1)) };
    (version.to_string_lossy().into_owned(), error.to_string_lossy().into_owned())
}
-- c/device.h --
const char *device_name(int id);
const struct device *device_first(int id);
const char *device_version(void);
const char *device_strerror(int code);
""",
)

_ALWAYS = re.compile(
    r"(?i)version|strerror|err_?(?:msg|str|name)|error_?(?:message|string|text|name)|_to_string$|state_string"
    r"|cipher_(?:get_)?name"
)
"""Functions of whose kind none returns null: the text is a constant of the library, or there is always one."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each string that C returns and nobody asks about. Where the C side was read, it is known whether it
    returns null, and another rule tells."""
    known = {symbol for symbol, function in called(codebase.program).items() if function.known}
    for code in reviewed(codebase):
        for call in calls(code, "CStr::from_ptr", "CStr::from_char_ptr"):
            given = call.arguments[0] if call.arguments else None
            if given is None or null_checked(code, given, call):
                continue
            results = [one for one in origins(code, given) if one.source is Source.FOREIGN and one.name not in known]
            names = [one.name for one in results if not _asked(code, one, call)]
            if unsure := [name for name in names if not _ALWAYS.search(name)]:
                yield Hit(Span.of(code.path, call.at), f"{unsure[0]} may return null, and the string is read at once")


def _asked(code: Code, found: Origin, use: Node) -> bool:
    """Whether anything was asked of the result, or of a pointer behind it, or it went through an `Option`."""
    if any(step in (".as_ref", ".as_mut", "?", "NonNull::new") for step in found.steps):
        return True
    return any(one.node is found.node for fact in guards(code, use) for one in origins(code, fact.subject))
