"""Memory is given away and nothing in the repository ever takes it back

What: `into_raw` hands an owner's memory to foreign code or out of an export, and no function of the tree has the
matching `from_raw`.
Why: Only Rust's allocator may free it. C cannot, so it is lost at each call, or C frees it with `free` and corrupts
the heap.
Instead: Export a function that takes the pointer back with `from_raw`, and name it where the pointer is handed out.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, callee, foreign_calls, origins, short
from ffireview.flow.knowledge import OWNERS
from ffireview.model.body import Call, MethodCall, Node
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import is_called_by_c, reviewed

PATTERN = "P29"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-401",)
ADVISORIES = ()
OPERATIONS = ("into-raw",)
SINCE = "0.2"
BAD = (
    """\
use std::ffi::{CString, c_char};
extern "C" { fn store_name(name: *mut c_char); }
pub fn name(text: &str) {
    unsafe { store_name(CString::new(text).unwrap().into_raw()) }      //~ never-taken-back
}
#[no_mangle]
pub extern "C" fn store_text() -> *mut c_char {
    let text = CString::new("text").unwrap();
    text.into_raw()                                                    //~ never-taken-back
}
#[no_mangle]
pub extern "C" fn store_state() -> *mut u32 { Box::into_raw(Box::new(1)) }
#[no_mangle]
pub unsafe extern "C" fn store_state_free(state: *mut u32) { drop(Box::from_raw(state)); }
""",
)
GOOD = (
    """\
use std::ffi::{CString, c_char};
extern "C" { fn store_name(name: *mut c_char); }
pub fn name(text: &str) {
    let raw = CString::new(text).unwrap().into_raw();
    unsafe {
        store_name(raw);
        drop(CString::from_raw(raw));
    }
}
pub fn inside(n: u32) -> u32 {
    let raw = Box::into_raw(Box::new(n));
    let found = unsafe { *raw };
    found
}
pub struct File;
impl File { fn into_raw(self) -> *mut u8 { std::ptr::null_mut() } }
#[no_mangle]
pub extern "C" fn store_file() -> *mut u8 { File.into_raw() }
""",
)

_TAKES = {
    "Box": ("Box::from_raw", "Box::from_non_null", "drop_in_place", "KBox::from_raw"),
    "CString": ("CString::from_raw",),
    "Arc": ("Arc::from_raw", "Arc::decrement_strong_count"),
    "Rc": ("Rc::from_raw", "Rc::decrement_strong_count"),
}


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such hand-over of a kind of owner that is taken back nowhere."""
    given: list[tuple[str, Code, Node]] = []
    taken: set[str] = set()
    for code in codebase.functions():
        for node in code.of(Call):
            name = callee(node)
            taken.update(kind for kind, ends in _TAKES.items() if code.full(name).endswith(ends))
    for code in reviewed(codebase):
        given += [(kind, code, node) for node in _gives(code) if (kind := _kind(code, node)) and kind not in taken]
    for kind, code, gave in given:
        message = f"`{short(gave)}` leaves Rust, and no `{kind}::from_raw` in the repository takes it back"
        yield Hit(Span.of(code.path, gave.at), message)


def _gives(code: Code) -> Iterator[Node]:
    """Where `into_raw` gives up an owner for C: as an argument of a foreign call, or as the result of an export."""
    made = [node for node in (*code.of(Call), *code.of(MethodCall)) if callee(node).endswith("into_raw")]
    if not made:
        return
    sent = {id(part) for _, call in foreign_calls(code) for one in call.arguments for part in _made_of(code, one)}
    if is_called_by_c(code) and code.body.symbol and code.root.tail is not None:
        sent |= {id(part) for part in _made_of(code, code.root.tail)}
    yield from (node for node in made if id(node) in sent)


def _made_of(code: Code, node: Node) -> Iterator[Node]:
    """The nodes inside a value, and inside what its variables were made of."""
    yield from code.inside(node)
    for one in origins(code, node):
        for outer in (one.node, *code.ancestors(one.node)) if code.parent(one.node) is not None else ():
            if not isinstance(outer, (Call, MethodCall)):
                break
            yield outer


def _kind(code: Code, node: Node) -> str:
    """The kind of owner, where the text says so."""
    if isinstance(node, Call) and _type(code, node) in _TAKES:
        return _type(code, node)
    found = origins(code, node)
    names = {_type(code, one.node) for one in found if _owner(code, one.node)}
    return next(iter(names & set(_TAKES)), "") if len(names) == 1 and isinstance(node, MethodCall) else ""


def _owner(code: Code, node: Node) -> bool:
    return isinstance(node, Call) and "::".join(code.full(callee(node)).split("::")[-2:]) in OWNERS


def _type(code: Code, node: Node) -> str:
    return code.full(callee(node)).rpartition("::")[0].rpartition("::")[2]
