"""Text of C is taken as UTF-8 unasked

What: Bytes that a foreign function returned or filled go into `str::from_utf8_unchecked`.
Why: C promises no encoding: a file name, a locale or a wire decides. A `str` that is not UTF-8 is undefined behaviour
in every function that walks its characters.
Instead: `str::from_utf8`, `CStr::to_str`, or `to_string_lossy`.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase, Source, calls, origins
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import is_called_by_c, reviewed

PATTERN = "P48"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ()
CWE = ("CWE-20",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" { fn entry_name(at: *const Entry) -> *const c_char; }
pub fn name(entry: &Entry) -> &str {
    unsafe { str::from_utf8_unchecked(CStr::from_ptr(entry_name(entry)).to_bytes()) }     //~ unchecked-utf8-from-c
}
#[no_mangle]
pub extern "C" fn set_name(text: *const u8, len: usize) {
    let bytes = unsafe { slice::from_raw_parts(text, len) };
    keep(unsafe { std::str::from_utf8_unchecked(bytes) });                                //~ unchecked-utf8-from-c
}
-- c/entry.h --
const char *entry_name(const struct Entry *at);
void set_name(const unsigned char *text, size_t len);
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn entry_name(at: *const Entry) -> *const c_char;
    fn entry_utf8_name(at: *const Entry) -> *const c_char;
}
pub fn said(entry: &Entry) -> &str {
    unsafe { str::from_utf8_unchecked(CStr::from_ptr(entry_utf8_name(entry)).to_bytes()) }
}
pub fn name(entry: &Entry) -> Option<&str> {
    unsafe { str::from_utf8(CStr::from_ptr(entry_name(entry)).to_bytes()).ok() }
}
pub fn own(text: &String) -> &str {
    unsafe { str::from_utf8_unchecked(text.as_bytes()) }
}
-- c/entry.h --
const char *entry_name(const struct Entry *at);
const char *entry_utf8_name(const struct Entry *at);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each text that C gave and that nobody validates."""
    for code in reviewed(codebase):
        for call in calls(code, "from_utf8_unchecked", "from_utf8_unchecked_mut"):
            for found in origins(code, call.arguments[0]) if call.arguments else ():
                given = found.source is Source.PARAMETER and is_called_by_c(code) and not found.inside
                said = "utf8" in found.name.lower()
                if (found.source is Source.FOREIGN or given) and not said:
                    told = f"`{found.name}` promises no UTF-8"
                    yield Hit(Span.of(code.path, call.at), told)
                    break
