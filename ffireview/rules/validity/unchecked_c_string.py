"""A C string is read without asking whether it is null

What: The result of a foreign function, or a field behind it, goes straight into `CStr::from_ptr` or a function like
it.
Why: Most C functions that return text return null for "none" or "failed"; `from_ptr` then reads address zero.
Instead: Put the pointer in a variable, ask `is_null()`, and return `None` or an error.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase, Source, calls, null_checked, origins
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
            names = [
                found.name
                for found in origins(code, given)
                if found.source is Source.FOREIGN and found.name not in known
            ]
            if unsure := [name for name in names if not _ALWAYS.search(name)]:
                yield Hit(Span.of(code.path, call.at), f"{unsure[0]} may return null, and the string is read at once")
