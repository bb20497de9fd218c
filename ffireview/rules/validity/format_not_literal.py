"""A text that is not the program's own is a format of C

What: An argument that C uses as a format (`printf`, `syslog`, a logger of the tree) is made of a parameter.
Why: A `%s` or `%n` in it makes C read, or write, through arguments that were never passed.
Instead: Pass `c"%s"` as the format, and the text as its argument.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, foreign_calls, named, origins
from ffireview.model.body import Call, Node
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import called, labels
from ffireview.rules.reach import is_called_by_c, reviewed

PATTERN = "P58"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-134",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use std::ffi::{c_char, c_int, CString};
extern "C" {
    fn printf(format: *const c_char, ...) -> c_int;
    fn store_log(level: c_int, format: *const c_char, ...);
}
pub fn say(text: &str) {
    let text = CString::new(text).unwrap();
    unsafe { printf(text.as_ptr()) };                                   //~ format-not-literal
}
pub unsafe extern "C" fn on_event(text: *const c_char) {
    store_log(1, text);                                                 //~ format-not-literal
}
-- c/log.c --
void store_log(int level, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
}
""",
)
GOOD = (
    """\
-- src/lib.rs --
use std::ffi::{c_char, c_int, CString};
extern "C" {
    fn printf(format: *const c_char, ...) -> c_int;
    fn store_log(level: c_int, format: *const c_char, ...);
    fn store_put(level: c_int, text: *const c_char);
}
pub unsafe fn told(format: &[u8; 8], number: c_int) { printf(format.as_ptr().cast(), number); }
const FORMAT: &[u8] = b"%d\\0";
pub fn say(text: &str, number: c_int) {
    let text = CString::new(text).unwrap();
    let short = CString::new("%s").unwrap();
    unsafe {
        printf(c"%s".as_ptr(), text.as_ptr());
        printf(FORMAT.as_ptr().cast(), number);
        printf(short.as_ptr(), text.as_ptr());
        store_log(1, b"%s\\0".as_ptr() as *const c_char, text.as_ptr());
        store_put(1, text.as_ptr());
    }
}
-- c/log.c --
void store_log(int level, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
}
void store_put(int level, const char *text) { fputs(text, stderr); }
""",
)

_FORMATS = {
    "printf": 0, "fprintf": 1, "dprintf": 1, "sprintf": 1, "snprintf": 2, "syslog": 1, "asprintf": 1, "printk": 0,
    "_printk": 0, "printw": 0, "wprintw": 1, "mvprintw": 2, "mvwprintw": 3, "vprintf": 0, "vfprintf": 1, "vsnprintf": 2,
    "err": 1, "errx": 1, "warn": 0, "warnx": 0, "NSLog": 0, "sqlite3_mprintf": 0, "setproctitle": 0,
}  # fmt: skip
"""Which argument is the format, from 0."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each format that a parameter is part of, unless the function is `unsafe`: its callers then answer for
    it."""
    functions = called(codebase.program)
    for code in reviewed(codebase):
        if code.body.unsafe and not is_called_by_c(code):
            continue
        for symbol, call in foreign_calls(code):
            function = functions.get(symbol)
            if function is None:
                continue
            for index, argument in enumerate(call.arguments):
                used = function.does(index, EffectKind.FORMAT)
                told = _given(code, argument) if used or _FORMATS.get(symbol) == index else ""
                if told:
                    message = f"`{symbol}` takes `{told}` for a format"
                    yield Hit(Span.of(code.path, argument.at), message, labels(used, "used as a format"))


def _given(code: Code, argument: Node) -> str:
    """The parameter that an argument is made of, also through a `CString`; not one that holds formats only."""
    for found in origins(code, argument):
        if name := _of_parameter(found):
            return name
        if named(found.node, "CString::new") and isinstance(found.node, Call) and found.node.arguments:
            inner = (_of_parameter(one) for one in origins(code, found.node.arguments[0]))
            if name := next((one for one in inner if one), ""):
                return name
    return ""


def _of_parameter(found: Origin) -> str:
    plain = found.source is Source.PARAMETER and found.name not in ("self", "fmt", "format", "template")
    return found.name if plain else ""
