"""An exported function takes the name of one of the C library

What: `#[no_mangle]` or `export_name` gives a function the name of a function of libc or POSIX, such as `read`, `send`
or `index`.
Why: The linker takes the first definition it finds. Every call of that name in the program, in C libraries and the
standard library of Rust as well, then lands in this function, with arguments that it does not expect.
Instead: A prefix of the library's own. Where libc is to be replaced on purpose, say so beside the export.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.facts import Entity, Role
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.program import Area, Via

PATTERN = "P20"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ()
CWE = ("CWE-694",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn send(id: i32) -> i32 { id }               //~ export-shadows-libc
#[export_name = "remove"]
pub extern "C" fn take_out(id: i32) {}                      //~ export-shadows-libc
""",
)
GOOD = (
    """\
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_send(id: i32) -> i32 { id }
#[no_mangle]
pub unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, n: usize) -> *mut u8 { to }
pub extern "C" fn send(id: i32) -> i32 { id }
extern "C" { fn remove(path: *const core::ffi::c_char) -> i32; }
""",
)

_LIBC = frozenset({
    "abort", "abs", "accept", "access", "acos", "alarm", "asctime", "asin", "atan", "atan2", "atexit", "atof",
    "atoi", "atol", "bind", "bsearch", "calloc", "ceil", "chdir", "chmod", "chown", "clearenv", "clock",
    "clock_gettime", "close", "closedir", "connect", "cos", "creat", "ctime", "daemon", "difftime", "div",
    "dlclose", "dlerror", "dlopen", "dlsym", "dup", "dup2", "environ", "errno", "execl", "execv", "execve",
    "execvp", "exit", "exp", "fclose", "fcntl", "fdopen", "feof", "ferror", "fflush", "fgetc", "fgets", "fileno",
    "floor", "fmod", "fopen", "fork", "fprintf", "fputc", "fputs", "fread", "free", "freopen", "fscanf", "fseek",
    "fstat", "ftell", "ftruncate", "fwrite", "getc", "getchar", "getcwd", "getenv", "getgid", "gethostbyname",
    "getopt", "getpid", "getppid", "getsockname", "getsockopt", "gettimeofday", "getuid", "glob", "gmtime", "htonl",
    "htons", "index", "inet_addr", "inet_ntoa", "ioctl", "isatty", "kill", "link", "listen", "localtime", "log",
    "longjmp", "lseek", "lstat", "malloc", "mkdir", "mkfifo", "mktime", "mmap", "mprotect", "munmap", "nanosleep",
    "ntohl", "ntohs", "open", "opendir", "pause", "perror", "pipe", "poll", "popen", "pow", "printf",
    "pthread_create", "pthread_join", "putc", "putchar", "putenv", "puts", "qsort", "raise", "rand", "random",
    "read", "readdir", "readlink", "readv", "realloc", "recv", "recvfrom", "regcomp", "remove", "rename", "rewind",
    "rindex", "rmdir", "scanf", "select", "send", "sendmsg", "sendto", "setenv", "setjmp", "setsockopt", "shutdown",
    "sigaction", "signal", "sin", "sleep", "snprintf", "socket", "socketpair", "sprintf", "sqrt", "srand", "sscanf",
    "stat", "strcat", "strchr", "strcmp", "strcpy", "strdup", "strerror", "strftime", "strncat", "strncmp",
    "strncpy", "strrchr", "strsep", "strstr", "strtod", "strtok", "strtol", "symlink", "sync", "syslog", "system",
    "tan", "time", "times", "tmpfile", "tolower", "toupper", "truncate", "umask", "uname", "ungetc", "unlink",
    "unsetenv", "usleep", "utime", "vfork", "vfprintf", "vprintf", "vsnprintf", "vsprintf", "wait", "waitpid",
    "write", "writev",
})  # fmt: skip
"""Functions of C and POSIX that programs call; not those that a compiler calls by itself (`memcpy`), which a program
without libc must define."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such export outside tests."""
    for crossing in codebase.program.crossings:
        if crossing.via is Via.EXPORT and crossing.symbol in _LIBC and crossing.area is not Area.TEST:
            for anchor in crossing.rust:
                if anchor.role is Role.EXPORT and anchor.entity is Entity.FUNCTION:
                    yield Hit(anchor.span, f"every `{crossing.symbol}` of the program is linked to this one")
