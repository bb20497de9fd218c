"""A trait object goes to C as one word

What: A pointer to a `dyn Trait` (`&mut dyn Fn()`, the inside of `Box<dyn Fn()>`) is cast to `*mut c_void` or another
thin pointer.
Why: Such a pointer is two words, address and vtable; the cast keeps the address only. Whoever gets it back has to
guess the type, and a cast to a `Box` of the trait object reads memory of the closure as if it were the two words.
Instead: Box once more and give away the outer pointer (`Box<Box<dyn Fn()>>`), or make the trampoline generic over the
closure's type.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, arguments, local_of, named, short, text
from ffireview.model.body import Call, Cast, Formal, Let, MethodCall, Node
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import reviewed

PATTERN = "P74"
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
use std::ffi::c_void;
pub fn closure(f: Box<dyn FnMut()>) -> *mut c_void {
    Box::into_raw(f) as *mut c_void                                     //~ vtable-lost
}
pub fn borrowed(f: &mut dyn FnMut()) -> *mut c_void {
    f as *mut dyn FnMut() as *mut c_void                                //~ vtable-lost
}
pub fn made(n: u32) -> *mut c_void {
    let f: Box<dyn Fn() -> u32> = Box::new(move || n);
    Box::into_raw(f).cast::<c_void>()                                   //~ vtable-lost
}
""",
)
GOOD = (
    """\
use std::ffi::c_void;
pub fn closure(f: Box<dyn FnMut()>) -> *mut c_void { Box::into_raw(Box::new(f)) as *mut c_void }
pub fn generic<F: FnMut()>(f: F) -> *mut c_void { Box::into_raw(Box::new(f)) as *mut c_void }
pub fn borrowed(mut f: &mut dyn FnMut()) -> *mut c_void { &mut f as *mut &mut dyn FnMut() as *mut c_void }
pub fn slot(f: &mut Box<dyn FnMut()>) -> *mut c_void { f as *mut Box<dyn FnMut()> as *mut c_void }
pub fn fat(f: Box<dyn FnMut()>) -> *mut dyn FnMut() { Box::into_raw(f) as *mut dyn FnMut() }
pub fn address(f: &dyn Fn()) -> usize { f as *const dyn Fn() as *const () as usize }
extern "C" { fn store_log(data: *mut c_void, f: extern "C" fn(*mut c_void)); }
extern "C" fn log<L: Log>(data: *mut c_void) { unsafe { (*data.cast::<L>()).log() } }
pub trait Log { fn log(&self); }
pub fn logger<L: Log>(l: L) {
    let p: Box<dyn Log> = Box::new(l);
    unsafe { store_log(Box::into_raw(p) as *mut c_void, log::<L>) }
}
pub fn at(a: &dyn Fn()) -> *const () { a as *const dyn Fn() as *const () }
pub unsafe fn downcast(any: Box<dyn std::any::Any>) -> Box<u32> { Box::from_raw(Box::into_raw(any) as *mut u32) }
""",
)

_FAT = re.compile(r"^(?:(?:Box|Rc|Arc)\s*<\s*|&\s*(?:'\w+\s*)?(?:mut\s+)?\(?\s*|\*\s*(?:const|mut)\s+\(?\s*)dyn\b")
_THIN = re.compile(r"^\*\s*(?:const|mut)\s+(?:\w+::)*c_void$")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each cast of a fat pointer to `c_void`."""
    for code in reviewed(codebase):
        for cast in code.of(Cast):
            if _THIN.match(cast.type) and _is_fat(code, cast.operand) and not _is_known(code, cast):
                yield _hit(code, cast)
        for method in code.of(MethodCall):
            thin = method.name == "cast" and "c_void" in method.turbofish
            if thin and _is_fat(code, method.receiver) and not _is_known(code, method):
                yield _hit(code, method)


def _hit(code: Code, node: Node) -> Hit:
    return Hit(Span.of(code.path, node.at), f"`{short(node)}` keeps the address and loses the vtable")


def _is_known(code: Code, node: Node) -> bool:
    """Whether functions for one type go along, which know what the address leads to: `trampoline::<F>`."""
    around = code.parent(node)
    return isinstance(around, Call) and any("::<" in text(argument) for argument in around.arguments)


def _is_fat(code: Code, pointer: Node) -> bool:
    """Whether a pointer is that of a trait object: by a cast, or by the type of the variable that it is, or whose box
    it is."""
    while named(pointer, "Box::into_raw", "Box::leak", "Rc::into_raw", "Arc::into_raw"):
        pointer = arguments(pointer)[0]
    if isinstance(pointer, Cast):
        return bool(_FAT.match(pointer.type))
    local = local_of(code, pointer)
    return local is not None and not local.binding.path and bool(_FAT.match(_type(local.holder)))


def _type(holder: Node) -> str:
    return holder.type.strip() if isinstance(holder, (Formal, Let)) else ""
