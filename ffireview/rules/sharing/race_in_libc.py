"""A function of the C library that other threads may race with

What: Safe Rust code calls a function of libc that changes or hands out state of the whole process, such as `setenv`,
`localtime` or `strtok`.
Why: Nothing stops another thread, in Rust or in C, from using the same state at that moment. `getenv` in C reads
memory that `setenv` frees; a second `localtime` overwrites the result of the first.
Instead: Use the variant that takes a buffer (`localtime_r`, `strerror_r`, `readdir` on an own stream), Rust's own
function, or make the function `unsafe` and tell who must not run.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, callee, foreign_calls
from ffireview.model.body import Call, MethodCall
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import reviewed

PATTERN = "P69"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-362", "CWE-479")
ADVISORIES = ()
OPERATIONS = ("ffi-call",)
SINCE = "0.2"
BAD = (
    """\
use std::ffi::{CStr, c_char};
pub fn set(name: &CStr, value: &CStr) {
    unsafe { libc::setenv(name.as_ptr(), value.as_ptr(), 1) };            //~ race-in-libc
}
pub fn year(now: i64) -> i32 {
    unsafe { (*libc::localtime(&now)).tm_year }                           //~ race-in-libc
}
extern "C" { fn strtok(text: *mut c_char, by: *const c_char) -> *mut c_char; }
pub fn word(text: *mut c_char) -> *mut c_char { unsafe { strtok(text, c" ".as_ptr()) } }   //~ race-in-libc
""",
)
GOOD = (
    """\
use std::ffi::CStr;
pub unsafe fn set(name: &CStr, value: &CStr) -> i32 { libc::setenv(name.as_ptr(), value.as_ptr(), 1) }
pub fn year(now: i64) -> i32 {
    let mut tm = unsafe { std::mem::zeroed() };
    unsafe { libc::localtime_r(&now, &mut tm) };
    tm.tm_year
}
pub struct Table;
impl Table { fn setenv(&self) {} }
pub fn method(t: &Table) { t.setenv() }
pub fn locked(name: &CStr) {
    let _held = ENVIRONMENT.lock();
    unsafe { libc::unsetenv(name.as_ptr()); }
}
""",
)

_ENVIRONMENT = "changes the environment, which `getenv` of any thread may be reading"
_BUFFER = "returns a buffer of the process, which the next call of any thread overwrites"
_STATE = "keeps state of the process between calls"
RACES = {
    **dict.fromkeys(("setenv", "unsetenv", "putenv", "clearenv"), _ENVIRONMENT),
    **dict.fromkeys(
        ("localtime", "gmtime", "asctime", "ctime", "strerror", "ttyname", "ptsname", "getpwnam", "getpwuid",
         "getgrnam", "getgrgid", "gethostbyname", "gethostbyaddr", "getservbyname", "getservbyport", "getprotobyname",
         "inet_ntoa", "tmpnam", "ctermid", "getlogin", "crypt", "ether_ntoa", "fcvt", "ecvt", "l64a", "basename",
         "dirname", "getutxent", "getmntent", "hcreate"),
        _BUFFER,
    ),
    **dict.fromkeys(
        ("strtok", "getpwent", "setpwent", "endpwent", "getgrent", "setgrent", "endgrent", "gethostent", "getservent",
         "drand48", "lrand48", "mrand48", "srand48"),
        _STATE,
    ),
    "setlocale": "changes a setting of the whole process",
}  # fmt: skip
"""Functions that POSIX does not promise to be safe with threads, and why. Left out: `getenv`, `rand`, `readdir`,
`umask`, which race only with what is listed, or harm nobody."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each call that is not left to an `unsafe fn`."""
    for code in reviewed(codebase):
        for symbol, call in foreign_calls(code) if not code.body.unsafe else ():
            if symbol in RACES and not _is_locked(code):
                yield Hit(Span.of(code.path, call.at), f"`{symbol}` {RACES[symbol]}")


def _is_locked(code: Code) -> bool:
    """Whether the function takes a lock, by the names of what it calls."""
    names = (callee(node).rpartition("::")[2].lstrip(".") for node in (*code.of(Call), *code.of(MethodCall)))
    return any("lock" in name for name in names)
