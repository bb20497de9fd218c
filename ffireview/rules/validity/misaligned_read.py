"""Bytes are read as a type that needs an alignment

What: The address of a slice or array of bytes is cast to a pointer to a wider type, and dereferenced or made a slice,
and nothing in the function asks about alignment.
Why: Bytes may start at any address. A misaligned read or reference is undefined behaviour: a fault on some processors,
a miscompiled loop on the others.
Instead: `read_unaligned`, `from_ne_bytes`, `align_to`, or a check with `is_aligned`.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, callee, definitions, origins, turbofish, type_parameters
from ffireview.model.body import ArrayLiteral, Binary, Cast, Formal, Let, Literal, MethodCall, Node, Path
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.bits import alignment
from ffireview.rules.reach import dereferences, reviewed

PATTERN = "P56"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-704",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
#[repr(C)]
pub struct Head { kind: u16, length: u32 }
pub fn number(data: &[u8]) -> u32 {
    if data.len() < 4 { return 0; }
    unsafe { *(data.as_ptr() as *const u32) }                           //~ misaligned-read
}
pub fn head(data: &[u8]) -> &Head {
    assert!(data.len() >= 8);
    let at = data[2..].as_ptr().cast::<Head>();
    unsafe { &*at }                                                     //~ misaligned-read
}
pub fn words(data: &mut [u8]) -> &mut [u64] {
    let many = data.len() / 8;
    unsafe { std::slice::from_raw_parts_mut(data.as_mut_ptr() as *mut u64, many) }   //~ misaligned-read
}
pub trait Plain: Sized {
    fn of(data: &[u8]) -> Option<&Self> {
        if data.len() != std::mem::size_of::<Self>() { return None; }
        Some(unsafe { &*(data.as_ptr() as *const Self) })               //~ misaligned-read
    }
}
pub fn any<T: Copy>(data: &[u8]) -> &T {
    assert_eq!(data.len(), std::mem::size_of::<T>());
    unsafe { &*(data.as_ptr() as *const T) }                            //~ misaligned-read
}
pub fn local(fill: impl Fn(&mut [u8])) -> Head {
    let mut room = [0u8; 8];
    fill(&mut room);
    unsafe { std::ptr::read(room.as_ptr() as *const Head) }             //~ misaligned-read
}
""",
)
GOOD = (
    """\
#[repr(C, packed)]
pub struct Head { kind: u16, length: u32 }
#[repr(transparent)]
pub struct Bytes([u8]);
pub fn number(data: &[u8]) -> u32 {
    unsafe { (data.as_ptr() as *const u32).read_unaligned() }
}
pub fn head(data: &[u8]) -> &Head {
    unsafe { &*(data.as_ptr() as *const Head) }
}
pub fn wide(data: &[u64]) -> u32 {
    unsafe { *(data.as_ptr() as *const u32) }
}
pub fn same(data: &[u8]) -> i8 {
    unsafe { *(data.as_ptr() as *const i8) }
}
pub fn checked(data: &[u8]) -> Option<u32> {
    let at = data.as_ptr() as *const u32;
    if !at.is_aligned() { return None; }
    Some(unsafe { *at })
}
pub fn middle(data: &[u8]) -> Option<u32> {
    let at = data.as_ptr();
    if at as usize & 3 != 0 { return None; }
    Some(unsafe { *(at as *const u32) })
}
pub fn any<T: FromBytes + Unaligned>(data: &[u8]) -> &T {
    assert_eq!(data.len(), std::mem::size_of::<T>());
    unsafe { &*(data.as_ptr() as *const T) }
}
pub fn text(data: &[u8]) -> &str {
    unsafe { &*(data as *const [u8] as *const str) }
}
/// # Safety
/// `data` starts at a multiple of 4.
pub unsafe fn told(data: &[u8]) -> u32 {
    *(data.as_ptr() as *const u32)
}
""",
)

_BYTES = re.compile(r"&\s*(?:'\w+\s*)?(?:mut\s+)?(?:\[\s*[ui]8\s*(?:;[^\]]*)?\]|str)|\[\s*[ui]8\s*;[^\]]*\]")
_TARGET = re.compile(r"\*\s*(?:const|mut)\s+(.*)", re.DOTALL)
_MOVES = frozenset({"add", "sub", "offset", "wrapping_add", "byte_add", "cast_mut", "cast_const"})
_WHOLE = ("ptr::read", "ptr::write", "from_raw_parts", "from_raw_parts_mut")
STEPS = 8
"""Casts and names between a dereference and the type that it reads."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each use of bytes as a wider type, in safe functions that never ask about alignment."""
    for code in reviewed(codebase):
        found = [] if code.body.unsafe else list(dereferences(code))
        if not found or _asks(code):
            continue
        for pointer, use in found:
            name = callee(use)
            if name and not name.endswith(_WHOLE) and name not in (".read", ".write", ".read_volatile"):
                continue
            written = _pointee(code, pointer, STEPS)
            start = origins(code, pointer) if written else ()
            start = tuple(one for one in start if one.source is not Source.LENT)
            if not start or not all(_are_bytes(code, one) for one in start):
                continue
            needed = alignment(codebase, written, code.crate)
            name = start[0].name or "the array"
            if needed > 1:
                told = f"`{name}` may start anywhere; `{written}` needs a multiple of {needed}"
                yield Hit(Span.of(code.path, use.at), told)
            elif _is_free(code, written):
                told = f"`{name}` may start anywhere; which alignment `{written}` needs, nobody knows here"
                yield Hit(Span.of(code.path, use.at), told)


def _is_free(code: Code, written: str) -> bool:
    """Whether a type is chosen by a caller, or implements the trait around; not one that says it needs no alignment."""
    if written == "Self":
        return bool(code.body.trait) and "nalign" not in code.body.trait
    bounds = type_parameters(code).get(written)
    return bounds is not None and not any("nalign" in bound for bound in bounds)


def _asks(code: Code) -> bool:
    """Whether the function has a word about alignment."""
    if any("align" in method.name for method in code.of(MethodCall)):
        return True
    if any(isinstance(node.left, Cast) and node.operator in ("&", "%") for node in code.of(Binary)):
        return True
    return any("align" in path.text.lower() for path in code.of(Path))


def _pointee(code: Code, pointer: Node, steps: int) -> str:
    """The type behind a pointer, by the last cast; empty where none is written."""
    if not steps:
        return ""
    if isinstance(pointer, Cast):
        found = _TARGET.fullmatch(pointer.type.strip())
        return found[1].strip() if found and found[1].strip() != "_" else ""
    if isinstance(pointer, MethodCall):
        if pointer.name == "cast":
            given = turbofish(pointer)
            return given[0] if given and given[0] != "_" else ""
        return _pointee(code, pointer.receiver, steps - 1) if pointer.name in _MOVES else ""
    if isinstance(pointer, Path):
        reaching = definitions(code, pointer)
        if len(reaching) == 1 and reaching[0].value is not None and not reaching[0].path:
            holder = reaching[0].node
            typed = _TARGET.fullmatch(holder.type.strip()) if isinstance(holder, Let) else None
            return typed[1].strip() if typed else _pointee(code, reaching[0].value, steps - 1)
    return ""


def _are_bytes(code: Code, found: Origin) -> bool:
    """Whether a pointer leads to bytes that a slice or an array of this function holds."""
    path = tuple(step for step in found.path if step not in ("*", "[]"))
    if found.source is Source.PARAMETER and isinstance(found.node, Formal):
        return bool(_BYTES.fullmatch(code.part_type(found.node, path).strip()))
    if isinstance(found.node, ArrayLiteral) and found.node.elements:
        first = found.node.elements[0]
        holder = found.held.holder if found.held else None
        typed = isinstance(holder, Let) and bool(_BYTES.fullmatch(holder.type.strip()))
        return typed or (isinstance(first, Literal) and first.text.endswith(("u8", "i8")))
    return False
