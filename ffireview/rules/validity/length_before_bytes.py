"""A vector has its length before it has its bytes

What: `Vec::with_capacity(n)`, then `set_len(n)`, then a reader fills the vector.
Why: Between the two, safe code holds bytes that were never written. A reader is free to look at its buffer, and when
it fails or reads less, what was in memory before leaks out.
Instead: `vec![0; n]`, or `Read::take(n).read_to_end(&mut v)`, or write through `spare_capacity_mut` and set the length
afterwards.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Local, after, definitions, local_of, methods, named, root_of, uses
from ffireview.model.body import Index, MethodCall, Node, Reference
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
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
use std::io::Read;
pub fn frame(input: &mut impl Read, len: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(len);
    unsafe { bytes.set_len(len) };                          //~ length-before-bytes
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}
""",
)
GOOD = (
    """\
use std::io::Read;
pub fn frame(input: &mut impl Read, len: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; len];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}
pub fn copied(from: &[u8], input: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(from.len());
    unsafe {
        ptr::copy_nonoverlapping(from.as_ptr(), bytes.as_mut_ptr(), from.len());
        bytes.set_len(from.len());
    }
    let _ = input.read(&mut bytes);
    bytes
}
pub fn cut(input: &mut impl Read) -> Vec<u8> {
    let mut bytes = vec![0; 64];
    unsafe { bytes.set_len(32) };
    let _ = input.read(&mut bytes);
    bytes
}
""",
)

_READERS = (
    "read", "read_exact", "read_at", "read_exact_at", "read_vectored", "poll_read", "recv", "recv_from", "peek",
    "try_read", "fill_bytes", "try_fill_bytes", "read_buf", "read_volatile", "read_slice",
)  # fmt: skip
_ROOM = frozenset({"reserve", "reserve_exact", "capacity", "len", "set_len", "try_reserve", "clear"})
"""Methods of a vector that write no element."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each length that is set before a reader writes the first byte."""
    for code in reviewed(codebase):
        for call in methods(code, "set_len"):
            local = local_of(code, call.receiver)
            if local is not None and _is_new(code, call) and _is_unwritten(code, local, call):
                yield from _given_to_reader(code, local, call)


def _is_new(code: Code, call: MethodCall) -> bool:
    """Whether the vector was made empty in this function."""
    found = definitions(code, call.receiver)
    made = [d.value for d in found if d.value is not None and named(d.value, "with_capacity", "Vec::new")]
    return bool(made) and any(d.value is None or d.value in made for d in found)


def _is_unwritten(code: Code, local: Local, call: MethodCall) -> bool:
    """Whether nothing but room was asked of the vector before its length is set."""
    for use in uses(code, local):
        around = code.parent(use)
        asks = isinstance(around, MethodCall) and around.receiver is use and around.name in _ROOM
        if code.rank(use) < code.rank(call) and not asks:
            return False
    return True


def _given_to_reader(code: Code, local: Local, start: Node) -> Iterator[Hit]:
    for node in after(code, start):
        for reader in methods(code, *_READERS, within=node):
            if any(_lends(code, argument, local) for argument in reader.arguments):
                yield Hit(
                    Span.of(code.path, start.at), f"the length is set before `{reader.name}` has written `{local.name}`"
                )
                return


def _lends(code: Code, argument: Node, local: Local) -> bool:
    """`&mut v`, `&mut v[..n]`, `v.as_mut_slice()`."""
    if isinstance(argument, MethodCall) and argument.name in ("as_mut_slice", "as_mut"):
        return local_of(code, argument.receiver) == local
    if not isinstance(argument, Reference) or argument.form != "mut":
        return False
    place = argument.operand.base if isinstance(argument.operand, Index) else argument.operand
    root = root_of(code, place)
    return root is not None and root[0].key == local.key
