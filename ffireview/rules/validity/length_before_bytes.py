"""A vector has its length before it has its bytes

What: `Vec::with_capacity(n)`, then `set_len(n)`, then a reader fills the vector; or an array from
`mem::uninitialized()` or `MaybeUninit::uninit().assume_init()` is given to a reader.
Why: Between the two, safe code holds bytes that were never written. A reader is free to look at its buffer, and when
it fails or reads less, what was in memory before leaks out.
Instead: `vec![0; n]`, or `Read::take(n).read_to_end(&mut v)`, or write through `spare_capacity_mut` and set the length
afterwards.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Local, after, calls, definitions, local_of, methods, named, root_of, uses
from ffireview.model.body import Index, MethodCall, Node, Path, Reference
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import reviewed

PATTERN = "P52"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.PEDANTIC
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
pub fn header<R: Read>(input: &mut R) -> std::io::Result<[u8; 8]> {
    let mut head: [u8; 8] = unsafe { MaybeUninit::uninit().assume_init() };     //~ length-before-bytes
    input.read_exact(&mut head[..4])?;
    Ok(head)
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
    """A hit for each length that is set, and each array that is made, before a reader writes the first byte."""
    for code in reviewed(codebase):
        for call in methods(code, "set_len"):
            local = local_of(code, call.receiver)
            if local is not None and _is_new(code, call) and _is_unwritten(code, local, call):
                yield from _given_to_reader(code, local, call, "the length is set")
        for made in [*calls(code, "mem::uninitialized"), *methods(code, "assume_init")]:
            if isinstance(made, MethodCall) and not named(made.receiver, "MaybeUninit::uninit"):
                continue
            for local in _names(code, made):
                yield from _given_to_reader(code, local, made, "the value is taken as written")


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


def _names(code: Code, made: Node) -> Iterator[Local]:
    """The locals whose value is the new one."""
    for path in code.of(Path):
        found = definitions(code, path)
        if len(found) == 1 and found[0].value is not None and code.holds(found[0].value, made):
            local = local_of(code, path)
            if local is not None:
                yield local
                return


def _given_to_reader(code: Code, local: Local, start: Node, told: str) -> Iterator[Hit]:
    for node in after(code, start):
        for reader in methods(code, *_READERS, within=node):
            if any(_lends(code, argument, local) for argument in reader.arguments):
                yield Hit(Span.of(code.path, start.at), f"{told} before `{reader.name}` has written `{local.name}`")
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
