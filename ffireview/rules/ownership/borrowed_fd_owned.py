"""A safe function takes over a file descriptor that is only a number

What: A public safe function gets a `RawFd` (or `RawSocket`, `RawHandle`) and makes an owner of it with `from_raw_fd`.
Why: Nothing says that the caller gives it up. The drop closes a descriptor that others still use, or that meanwhile
belongs to another file.
Instead: Take `OwnedFd` to own it or `BorrowedFd` to use it, or make the function `unsafe` and say who closes.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, calls, last_name, methods, origins
from ffireview.model.body import Formal
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P39"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-1341", "CWE-910")
ADVISORIES = ("RUSTSEC-2025-0051",)
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::fs::File;
use std::os::fd::{FromRawFd, RawFd};
pub fn open(fd: RawFd) -> File {
    unsafe { File::from_raw_fd(fd) }                       //~ borrowed-fd-owned
}
""",
)
GOOD = (
    """\
use std::fs::File;
use std::mem::ManuallyDrop;
use std::os::fd::{FromRawFd, IntoRawFd, OwnedFd, RawFd};
pub unsafe fn open(fd: RawFd) -> File { File::from_raw_fd(fd) }
pub fn own(fd: OwnedFd) -> File { unsafe { File::from_raw_fd(fd.into_raw_fd()) } }
pub fn peek(fd: RawFd) -> u64 {
    let file = ManuallyDrop::new(unsafe { File::from_raw_fd(fd) });
    file.metadata().unwrap().len()
}
pub fn look(fd: RawFd) -> bool {
    let file = unsafe { File::from_raw_fd(fd) };
    let found = file.metadata().is_ok();
    let _ = file.into_raw_fd();
    found
}
fn inner(fd: RawFd) -> File { unsafe { File::from_raw_fd(fd) } }
""",
)

_TAKES = ("from_raw_fd", "from_raw_socket", "from_raw_handle")
_RAW = frozenset({"RawFd", "RawSocket", "RawHandle"})
_KEEPS = ("ManuallyDrop::new", "mem::forget", "forget")
_GIVES = ("into_raw_fd", "into_raw_socket", "into_raw_handle")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each owner made of a parameter."""
    for code in codebase.functions():
        if not code.body.visibility.startswith("pub") or code.body.unsafe:
            continue
        for call in calls(code, *_TAKES):
            if not call.arguments:
                continue
            found = next((one for one in origins(code, call.arguments[0]) if _is_number(one)), None)
            if found and not _kept(code):
                yield Hit(Span.of(code.path, call.at), f"`{found.name}` is closed here; the caller may still use it")


def _is_number(found: Origin) -> bool:
    is_parameter = found.source is Source.PARAMETER and isinstance(found.node, Formal) and not found.path
    return is_parameter and isinstance(found.node, Formal) and last_name(found.node.type) in _RAW


def _kept(code: Code) -> bool:
    """Whether the function keeps the owner from closing."""
    return any(True for _ in (*calls(code, *_KEEPS), *methods(code, *_GIVES)))
