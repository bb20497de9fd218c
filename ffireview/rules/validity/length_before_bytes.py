"""A vector has its length before it has its bytes

What: A vector gets room with `with_capacity` or `reserve`, then `set_len`, and then a reader fills it.
Why: Between the two, safe code holds bytes that were never written. A reader is free to look at its buffer, and when
it fails or reads less, what was in memory before leaks out.
Instead: `vec![0; n]`, or `Read::take(n).read_to_end(&mut v)`, or write through `spare_capacity_mut` and set the length
afterwards.
"""

from collections.abc import Iterator

from ffireview.flow import (
    Code,
    Codebase,
    Known,
    after,
    arguments,
    callee,
    definitions,
    facts_about,
    last_name,
    methods,
    named,
    text,
)
from ffireview.model.body import Call, Index, Let, MethodCall, Node, Path, RangeOf, Reference
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
pub fn record<R: Read>(input: &mut R, len: usize) -> std::io::Result<Vec<u8>> {
    let mut data = vec![0; 5];
    input.read_exact(&mut data[1..])?;
    data.reserve(len - 5);
    unsafe { data.set_len(len) };                           //~ length-before-bytes
    input.read_exact(&mut data[5..len])?;
    Ok(data)
}
impl Sectors {
    fn more<R: Read>(&mut self, input: &mut R) -> std::io::Result<usize> {
        self.room.reserve(256);
        unsafe { self.room.set_len(self.room.capacity()) };     //~ length-before-bytes
        Read::read(input, &mut self.room)
    }
    fn upto<R: Read>(&mut self, input: &mut R, end: usize) -> std::io::Result<()> {
        if end > self.data.len() {
            unsafe { self.data.set_len(end) };                  //~ length-before-bytes
            input.read_exact(&mut self.data[..end])?;
        }
        Ok(())
    }
    fn part<R: Read>(&mut self, input: &mut R, len: usize) -> std::io::Result<&[u8]> {
        unsafe {
            self.data.reserve(len);
            let part = self.data.get_unchecked_mut(..len);      //~ length-before-bytes
            input.read_exact(part)?;
            Ok(part)
        }
    }
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
pub fn cleared(input: &mut impl Read, len: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes: Vec<u8> = Vec::with_capacity(len);
    unsafe {
        std::ptr::write_bytes(bytes.as_mut_ptr(), 0, len);
        bytes.set_len(len);
    }
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}
pub fn initialised(input: &mut impl Read, len: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes: Vec<u8> = Vec::with_capacity(len);
    unsafe { bytes.set_len(len) };
    zero(&mut bytes[..]);
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}
impl Sectors {
    fn shorter<R: Read>(&mut self, input: &mut R, end: usize) -> std::io::Result<()> {
        if end < self.data.len() {
            unsafe { self.data.set_len(end) };
            input.read_exact(&mut self.data[..end])?;
        }
        Ok(())
    }
    fn part<R: Read>(&mut self, input: &mut R, len: usize) -> std::io::Result<usize> {
        let part = unsafe { self.data.get_unchecked_mut(..len) };
        input.read(part)
    }
}
pub fn cut(input: &mut impl Read) -> Vec<u8> {
    let mut bytes = vec![0; 64];
    unsafe { bytes.set_len(32) };
    let _ = input.read(&mut bytes);
    bytes
}
""",
)

_READERS = frozenset({
    "read", "read_exact", "read_at", "read_exact_at", "read_vectored", "poll_read", "recv", "recv_from", "peek",
    "try_read", "fill_bytes", "try_fill_bytes", "read_buf", "read_volatile", "read_slice",
})  # fmt: skip
_MAKES_ROOM = ("reserve", "reserve_exact", "try_reserve")
_WRITES = ("as_mut_ptr", "spare_capacity_mut", "chunk_mut", "extend_from_slice", "resize", "as_mut_slice", "as_ptr")
"""Methods of a vector after which its room may be written."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each length that is set, and each part that is taken, before a reader writes the first byte."""
    for code in reviewed(codebase):
        for call in methods(code, "set_len"):
            if len(call.arguments) == 1 and _grows(code, call) and not _is_written(code, call):
                yield from _given_to_reader(code, call, text(call.receiver), "the length is set")
        for call in methods(code, "get_unchecked_mut"):
            name = _bound(code, call) if len(call.arguments) == 1 else ""
            if name and _has_room(code, call) and not _is_written(code, call):
                yield from _given_to_reader(code, call, name, "this part is taken")


def _grows(code: Code, call: MethodCall) -> bool:
    """Whether a length takes in room that was only reserved."""
    if _has_room(code, call) or ".capacity()" in text(call.arguments[0]):
        return True
    made = [d.value for d in definitions(code, call.receiver) if d.value is not None]
    if any(named(value, "with_capacity", "Vec::new") for value in made):
        return True
    length = f"{text(call.receiver)}.len()"
    return any(
        fact.operator in (">", ">=") and fact.other is not None and text(fact.other) == length
        for fact in facts_about(code, call.arguments[0], call, Known.COMPARED)
    )


def _has_room(code: Code, call: MethodCall) -> bool:
    """Whether room was reserved in the vector before."""
    return any(text(room.receiver) == text(call.receiver) for room in _before(code, call, *_MAKES_ROOM))


def _is_written(code: Code, call: MethodCall) -> bool:
    """Whether somebody may have written the room before."""
    return any(text(write.receiver) == text(call.receiver) for write in _before(code, call, *_WRITES))


def _before(code: Code, call: MethodCall, *names: str) -> Iterator[MethodCall]:
    return (method for method in methods(code, *names) if code.rank(method) < code.rank(call))


def _bound(code: Code, call: MethodCall) -> str:
    """The name that a `let` gives to the very part of a vector."""
    around = code.parent(call)
    bound = isinstance(around, Let) and len(around.pattern.bindings) == 1 and isinstance(call.arguments[0], RangeOf)
    return around.pattern.bindings[0].name if isinstance(around, Let) and bound else ""


def _given_to_reader(code: Code, start: MethodCall, place: str, told: str) -> Iterator[Hit]:
    """A hit if the first function that gets the vector to write reads into it."""
    for node in after(code, start):
        for reader in code.inside(node):
            if not isinstance(reader, (Call, MethodCall)) or not any(_lends(a, place) for a in arguments(reader)):
                continue
            name = last_name(callee(reader).lstrip("."))
            if name in _READERS:
                yield Hit(Span.of(code.path, start.at), f"{told} before `{name}` has written `{place}`")
            return


def _lends(argument: Node, place: str) -> bool:
    """`&mut v`, `&mut v[..n]`, `v.as_mut_slice()`, or a name that is a reference already."""
    if isinstance(argument, MethodCall) and argument.name in ("as_mut_slice", "as_mut"):
        return text(argument.receiver) == place
    if isinstance(argument, Path):
        return argument.text == place
    if not isinstance(argument, Reference) or argument.form != "mut":
        return False
    operand = argument.operand.base if isinstance(argument.operand, Index) else argument.operand
    return text(operand) == place
