"""A callback takes its data for another type than was registered

What: A function of C is given a callback together with a pointer to a `T` as `*mut c_void`, and the callback casts
that pointer to something else than `T`.
Why: `c_void` hides the type from both compilers. The callback reads fields of a type that is not there, most often
because a `Box` more or less was put around the value on one side.
Instead: Make the trampoline generic over the type that is registered, or write both casts beside each other.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, foreign_calls, last_name, local_of, named, plain, type_parameters
from ffireview.model.body import Call, Cast, Formal, Let, MethodCall, Node, Path, Reference, StructLiteral
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import is_called_by_c, reviewed

PATTERN = "P72"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-843",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::ffi::c_void;
extern "C" { fn store_each(f: extern "C" fn(i32, *mut c_void), data: *mut c_void); }
pub struct Sum { total: i32 }
pub struct Log { lines: Vec<String> }
extern "C" fn add(n: i32, data: *mut c_void) { unsafe { (*(data as *mut Log)).lines.push(n.to_string()) } }
pub fn sum(mut sum: Sum) -> i32 {
    unsafe { store_each(add, &mut sum as *mut Sum as *mut c_void) };      //~ user-data-of-another-type
    sum.total
}
extern "C" fn boxed(_: i32, data: *mut c_void) { let _ = unsafe { &mut *data.cast::<Sum>() }; }
pub fn keep(sum: Sum) {
    let data = Box::into_raw(Box::new(Box::new(sum)));
    unsafe { store_each(boxed, data.cast()) }                             //~ user-data-of-another-type
}
""",
)
GOOD = (
    """\
use std::ffi::c_void;
extern "C" { fn store_each(f: extern "C" fn(i32, *mut c_void), data: *mut c_void); }
pub struct View<'a> { sum: &'a Sum }
extern "C" fn view(_: i32, data: *mut c_void) { let _ = unsafe { &*(data as *mut View<'_>) }; }
pub fn look(sum: &Sum) {
    let mut data = View { sum };
    unsafe { store_each(view, &mut data as *mut _ as *mut c_void) };
}
pub struct Sum { total: i32 }
type Shared = Sum;
extern "C" fn add(n: i32, data: *mut c_void) { unsafe { (*(data as *mut Sum)).total += n } }
extern "C" fn add_shared(n: i32, data: *mut c_void) { unsafe { (*(data as *mut Shared)).total += n } }
extern "C" fn add_any<T: Add>(n: i32, data: *mut c_void) { unsafe { (*(data as *mut T)).add(n) } }
extern "C" fn boxed(_: i32, data: *mut c_void) { let _ = unsafe { Box::from_raw(data as *mut Box<Sum>) }; }
extern "C" fn bytes(_: i32, data: *mut c_void) { let _ = unsafe { *(data as *mut u8) }; }
pub fn sum(mut sum: Sum) -> i32 {
    unsafe {
        store_each(add, &mut sum as *mut Sum as *mut c_void);
        store_each(add, &mut sum as *mut _ as *mut c_void);
        store_each(add_shared, &mut sum as *mut Sum as *mut c_void);
        store_each(add_any::<Sum>, &mut sum as *mut Sum as *mut c_void);
    }
    sum.total
}
pub fn keep(sum: Sum) { unsafe { store_each(boxed, Box::into_raw(Box::new(Box::new(sum))).cast()) } }
pub fn raw(data: *mut c_void) { unsafe { store_each(add, data) } }
pub trait Add { fn add(&mut self, n: i32); }
""",
)

_VOID = re.compile(r"^\*\s*(?:mut|const)\s+(?:\w+::)*c_void$")
_POINTER = re.compile(r"^\*\s*(?:mut|const)\s+")
_FREE = re.compile(r"'\w+\s*|\s+|\b(?:\w+::)+")
_WRAPPERS = frozenset({"Box", "Arc", "Rc", "Option", "Vec", "Mutex", "RefCell", "Cell", "ManuallyDrop"})
_BYTES = frozenset({"u8", "i8", "c_char", "c_uchar", "()", "_", "c_void", ""})


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each registration whose callback, in the same file, expects another type."""
    for code in reviewed(codebase):
        for _, call in foreign_calls(code):
            given = {_bare(told) for argument in call.arguments if (told := _given(code, argument))} - _BYTES
            if len(given) != 1 or len(call.arguments) < 2:
                continue
            for callback in _callbacks(codebase, code, call):
                wanted = {_bare(told) for told in _wanted(callback)}
                if wanted and not wanted & (given | _BYTES) and not _doubtful(codebase, code, callback, given | wanted):
                    label = Label(Span.of(callback.path, callback.body.at), f"expects `{min(wanted)}`"[:60])
                    message = f"a `{min(given)}` goes along, and `{callback.body.name}` takes it for a `{min(wanted)}`"
                    yield Hit(Span.of(code.path, call.at), message, (label,))


def _callbacks(codebase: Codebase, code: Code, call: Call) -> Iterator[Code]:
    """The functions of the file that a call hands to C, where no generic argument is written."""
    for argument in call.arguments:
        node = argument.arguments[0] if named(argument, "Some") and isinstance(argument, Call) else argument
        while isinstance(node, Cast):
            node = node.operand
        if isinstance(node, Path) and "<" not in node.text and local_of(code, node) is None:
            found = [
                c for c in codebase.of_file(code.path) if c.body.name == last_name(node.text) and is_called_by_c(c)
            ]
            yield from found if len(found) == 1 else ()


def _given(code: Code, argument: Node) -> str:
    """The type of what the pointer leads to that is given as `c_void`; empty where nothing says so."""
    if isinstance(argument, Cast) and (_VOID.match(argument.type) or argument.type.endswith("_")):
        return _pointed(code, argument.operand)
    if isinstance(argument, MethodCall) and argument.name == "cast":
        return _pointed(code, argument.receiver)
    return ""


def _pointed(code: Code, node: Node, depth: int = 6) -> str:
    """What a pointer leads to, by its cast or by how it was made."""
    if not depth:
        return ""
    if isinstance(node, Cast):
        if node.type.endswith("_") or _VOID.match(node.type):
            return _pointed(code, node.operand, depth - 1)
        return _POINTER.sub("", node.type) if _POINTER.match(node.type) else ""
    if isinstance(node, Reference):
        return _type(code, node.operand, depth - 1)
    if isinstance(node, Call) and named(node, "Box::into_raw", "Arc::into_raw", "Rc::into_raw") and node.arguments:
        made = node.arguments[0]
        new = isinstance(made, Call) and named(made, "Box::new", "Arc::new", "Rc::new") and made.arguments
        return _type(code, made.arguments[0], depth - 1) if new and isinstance(made, Call) else ""
    local = local_of(code, node)
    if local and isinstance(local.holder, Let) and not local.binding.path and local.holder.value is not None:
        typed = local.holder.type
        return _POINTER.sub("", typed) if _POINTER.match(typed) else _pointed(code, local.holder.value, depth - 1)
    return ""


def _type(code: Code, node: Node, depth: int) -> str:
    """The type of a value, where the text says so."""
    if isinstance(node, StructLiteral):
        return code.full(node.path)
    if isinstance(node, Call) and named(node, "Box::new") and node.arguments and depth:
        inner = _type(code, node.arguments[0], depth - 1)
        return f"Box<{inner}>" if inner else ""
    local = local_of(code, node)
    if local is None or local.binding.path:
        return ""
    if isinstance(local.holder, Formal):
        return local.holder.type
    if isinstance(local.holder, Let):
        return local.holder.type or (_type(code, local.holder.value, depth - 1) if local.holder.value and depth else "")
    return ""


def _wanted(callback: Code) -> set[str]:
    """The types that a callback casts its only `c_void` to; `_` among them where one is inferred."""
    formals = [formal for formal in callback.body.parameters if _VOID.match(formal.type.strip())]
    if len(formals) != 1:
        return set()
    found: set[str] = set()
    for path in callback.of(Path):
        local = local_of(callback, path)
        if local is None or local.holder is not formals[0]:
            continue
        outer = callback.parent(path)
        if isinstance(outer, Cast):
            found.add(_POINTER.sub("", outer.type) if _POINTER.match(outer.type) else "_")
        elif isinstance(outer, MethodCall) and outer.name == "cast":
            found.add(outer.turbofish.strip("<>: ") or "_")
        elif not (isinstance(outer, MethodCall) and outer.name == "is_null"):
            found.add("_")
    return found


def _bare(written: str) -> str:
    """A type without lifetimes and modules, and without the arguments that it may leave out."""
    told = _FREE.sub("", written)
    head, opened, rest = told.partition("<")
    if not opened or not head.isidentifier():
        return told
    return f"{head}<{_bare(rest.removesuffix('>'))}>" if head in _WRAPPERS else head


def _doubtful(codebase: Codebase, code: Code, callback: Code, names: set[str]) -> bool:
    """Whether a name is an alias, a type parameter, or `Self`: it may stand for any other."""
    free = {*type_parameters(code), *type_parameters(callback), "Self"}
    for name in names:
        words = set(re.findall(r"\w+", name))
        aliased = any(fact.kind == "alias" for word in words for fact in codebase.types(word))
        layout = any("transparent" in fact.repr for word in words for fact in codebase.types(plain(word)))
        if words & free or aliased or layout:
            return True
    return False
