"""A shared reference hands out an exclusive one

What: A safe function takes `&self` or `&T` only, and returns `&mut`, made from a raw pointer or `UnsafeCell::get`.
Why: Called twice it gives two `&mut` to the same value, in safe code. The compiler builds on there being one only.
Instead: Take `&mut self`, return a guard that counts borrows (as `RefCell` does), or make the function `unsafe`.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Source, last_name, origins, type_parameters
from ffireview.model.body import Call, Formal, MethodCall, Node, Reference, Unary
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import in_unsafe, is_called_by_c, is_opaque, reviewed

PATTERN = "P61"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-662",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::cell::UnsafeCell;
pub struct Raw { id: u32 }
pub struct Store { cell: UnsafeCell<u32>, raw: *mut Raw }
impl Store {
    pub fn cell(&self) -> &mut u32 {
        unsafe { &mut *self.cell.get() }                  //~ mut-from-shared
    }
    pub fn raw(&self) -> Option<&mut Raw> {
        unsafe { self.raw.as_mut() }                      //~ mut-from-shared
    }
}
extern "C" { fn store_annex(raw: *mut Raw) -> *mut Raw; }
impl Store {
    pub fn annex(&self) -> Option<&mut Raw> {
        let at = unsafe { store_annex(self.raw) };
        if at.is_null() { return None; }
        Some(unsafe { &mut *at })                         //~ mut-from-shared
    }
}
pub fn free<'a>(store: &'a Store) -> &'a mut Raw {
    let at = store.raw;
    unsafe { &mut *at }                                   //~ mut-from-shared
}
""",
)
GOOD = (
    """\
use std::cell::UnsafeCell;
pub struct Raw { id: u32 }
#[repr(C)]
pub struct Foreign { _private: [u8; 0] }
pub struct Store { cell: UnsafeCell<u32>, raw: *mut Raw, foreign: *mut Foreign }
impl Store {
    pub fn cell(&mut self) -> &mut u32 { unsafe { &mut *self.cell.get() } }
    pub unsafe fn trusted(&self) -> &mut u32 { &mut *self.cell.get() }
    pub fn guard(&self) -> Guard<'_> { Guard(unsafe { &mut *self.cell.get() }) }
    pub fn with(&self, other: &mut Raw) -> &mut Raw { unsafe { &mut *(other as *mut Raw) } }
    pub fn alloc_slice(&self, values: &[u8]) -> &mut [u8] { unsafe { &mut *self.place_all(values) } }
    pub fn alloc<T>(&self, value: T) -> &mut T { unsafe { &mut *self.place(value) } }
    pub fn foreign(&self) -> &mut Foreign { unsafe { &mut *self.foreign } }
    fn by_pin(self: Pin<&mut Self>) -> &mut u32 { unsafe { &mut *self.cell.get() } }
}
pub struct Guard<'a>(&'a mut u32);
impl<'a> Guard<'a> { pub fn get(&mut self) -> &mut u32 { self.0 } }
pub unsafe trait Place { fn place(&self) -> &mut u32; }
""",
)

_MUTABLE = re.compile(r"^(?:(?:\w+::)*(?:Option|Result)\s*<\s*)?&\s*(?:'\w+\s*)?mut\b")
_EXCLUSIVE = re.compile(r"\bmut\b|\bBox\b|^\s*Self\b|\bToken\b|\bGuard|\bUnique")
_SHARED = re.compile(r"^&\s*(?:'\w+\s*)?(?!mut\b)")
_ARENA = re.compile(r"alloc|insert|push|intern")
"""Names of functions that give out what they have just made."""
_MAKES = ("as_mut", "as_mut_unchecked", "get_unchecked_mut")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first place where each such function makes the reference."""
    for code in reviewed(codebase):
        body = code.body
        if (
            body.unsafe
            or is_called_by_c(code)
            or _ARENA.search(body.name)
            or not _MUTABLE.match(body.returns)
            or not _shares_only(code)
        ):
            continue
        target = _MUTABLE.sub("", body.returns).strip(" >").partition(",")[0]
        if is_opaque(codebase, target, code.crate):
            continue
        made = next(
            (node for node in (*code.of(Reference), *code.of(MethodCall), *code.of(Call)) if _makes(code, node)), None
        )
        if made is not None:
            yield Hit(Span.of(code.path, made.at), f"`{body.name}` gives a `&mut` to each caller that shares the value")


def _shares_only(code: Code) -> bool:
    """Whether all that comes in is shared: no `&mut`, nothing by value that may be exclusive."""
    formals = code.body.parameters
    given = any(_EXCLUSIVE.search(formal.type) or _is_owned(code, formal) for formal in formals)
    return any(_SHARED.match(formal.type) for formal in formals) and not given


def _is_owned(code: Code, formal: Formal) -> bool:
    """Whether a parameter is a value of a type parameter: the result is made of it, as an arena does."""
    written = formal.type.strip()
    return last_name(written) in type_parameters(code) or written.startswith(("impl ", "Pin"))


def _makes(code: Code, node: Node) -> bool:
    """Whether a node makes a `&mut` out of a raw pointer that a shared parameter leads to."""
    pointer: Node | None = None
    if isinstance(node, Reference) and node.form == "mut" and isinstance(node.operand, Unary):
        pointer = node.operand.operand if node.operand.operator == "*" else None
    elif isinstance(node, MethodCall) and node.name in _MAKES and in_unsafe(code, node):
        pointer = node.receiver
    elif isinstance(node, Call) and in_unsafe(code, node) and node.arguments:
        pointer = node.arguments[0] if last_name(getattr(node.callee, "text", "")) == "from_raw_parts_mut" else None
    if pointer is None or not in_unsafe(code, node):
        return False
    return any(_from_shared(code, one.node) for one in origins(code, pointer))


def _from_shared(code: Code, node: Node) -> bool:
    """Whether a value comes from a shared parameter, also by a method of it or by C."""
    while isinstance(node, MethodCall):
        found = origins(code, node.receiver)
        node = found[0].node if found and found[0].node is not node else node.receiver
    if isinstance(node, Call) and code.foreign(node):
        return any(one.source is Source.PARAMETER for part in node.arguments for one in origins(code, part))
    return isinstance(node, Formal) and bool(_SHARED.match(node.type))
