"""A length counts other things than the pointer beside it names

What: `from_raw_parts(x.as_ptr() as *const U, x.len())` where the elements of `x` are not as wide as `U`; or
`x.as_ptr()` goes to C as bytes with `x.len()`, the number of elements.
Why: With a wider `U` the slice reaches past the end of `x`. With bytes for elements C sees only the first part.
Instead: `size_of_val(x)` for bytes, `size_of_val(x) / size_of::<U>()` for elements.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, calls, definitions, foreign_calls, key, local_of, named, turbofish, walk
from ffireview.model.body import Call, Cast, Formal, Let, Literal, MethodCall, Node, Path
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.bits import extent
from ffireview.rules.reach import reviewed

PATTERN = "P50"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-131", "CWE-805")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use core::ffi::c_void;
extern "C" { fn store_put(data: *const c_void, bytes: usize) -> i32; }
pub fn words(data: &[u8]) -> &[u32] {
    unsafe { std::slice::from_raw_parts(data.as_ptr() as *const u32, data.len()) }      //~ length-in-other-units
}
pub fn bytes(data: Vec<u16>) -> u8 {
    let all = unsafe { std::slice::from_raw_parts(data.as_ptr().cast::<u8>(), data.len()) };   //~ length-in-other-units
    all[0]
}
pub fn put(keys: &[u64]) -> i32 {
    unsafe { store_put(keys.as_ptr() as *const c_void, keys.len()) }                    //~ length-in-other-units
}
-- c/store.h --
int store_put(const void *data, size_t bytes);
""",
)
GOOD = (
    """\
-- src/lib.rs --
use core::ffi::c_void;
extern "C" {
    fn store_put(data: *const c_void, bytes: usize) -> i32;
    fn store_keys(keys: *const u64, count: usize) -> i32;
    fn store_each(data: *const c_void, count: usize, size: usize) -> i32;
}
pub fn words(data: &[u8]) -> &[u32] {
    unsafe { std::slice::from_raw_parts(data.as_ptr() as *const u32, data.len() / 4) }
}
pub fn signed(data: &[u8]) -> &[i8] {
    unsafe { std::slice::from_raw_parts(data.as_ptr() as *const i8, data.len()) }
}
pub fn put(keys: &[u64], text: &[u8]) -> i32 {
    unsafe {
        store_put(keys.as_ptr() as *const c_void, std::mem::size_of_val(keys))
            + store_put(text.as_ptr() as *const c_void, text.len())
            + store_keys(keys.as_ptr(), keys.len())
            + store_each(keys.as_ptr() as *const c_void, keys.len(), 8)
    }
}
-- c/store.h --
int store_put(const void *data, size_t bytes);
int store_keys(const unsigned long long *keys, size_t count);
int store_each(const void *data, size_t count, size_t size);
""",
)

_ELEMENT = re.compile(
    r"&\s*(?:'\w+\s*)?(?:mut\s+)?\[([^;\[\]]+)(?:;[^\]]*)?\]|&?(?:\w+::)*Vec<([^<>]+)>|\[([^;\[\]]+);[^\]]*\]"
)
_TARGET = re.compile(r"\*\s*(?:const|mut)\s+(.+)", re.DOTALL)
_BYTES = frozenset({"c_void", "u8", "c_char", "c_uchar", "i8"})


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each pair of the pointer and the length of one slice, whose type changes on the way."""
    for code in reviewed(codebase):
        for call in calls(code, "from_raw_parts", "from_raw_parts_mut"):
            if len(call.arguments) == 2 and (found := _pair(codebase, code, call)):
                own, target, name = found
                size = extent(codebase, target, code.crate)
                if size and size.size != own:
                    yield Hit(
                        Span.of(code.path, call.at), f"`{name}.len()` counts units of {own} bytes, not `{target}`"
                    )
        for symbol, called in foreign_calls(code):
            if len(called.arguments) >= 2 and not _counts_both(called) and (found := _pair(codebase, code, called)):
                own, target, name = found
                if own > 1 and target.rpartition("::")[2] in _BYTES:
                    told = f"`{symbol}` gets `{name}` as bytes, and its length in units of {own} bytes"
                    yield Hit(Span.of(code.path, called.at), told)


def _pair(codebase: Codebase, code: Code, call: Call) -> tuple[int, str, str] | None:
    """The size of the elements of a slice, the type that its pointer is cast to, and its name, if both its pointer and
    its length are given."""
    for index, argument in enumerate(call.arguments):
        slice_, target = _cast(argument)
        if slice_ is None or not target or not isinstance(slice_, Path):
            continue
        element = _element(code, slice_)
        own = extent(codebase, element, code.crate) if element else None
        if own and any(_is_length(code, other, slice_) for other in call.arguments[index + 1 :]):
            return own.size, target, slice_.text
    return None


def _cast(argument: Node) -> tuple[Node | None, str]:
    """The slice whose pointer an argument is, and the type that it is cast to last."""
    target = ""
    while True:
        if isinstance(argument, Cast):
            found = _TARGET.fullmatch(argument.type.strip())
            if found is None:
                return None, ""
            target = target or found[1].strip()
            argument = argument.operand
        elif isinstance(argument, MethodCall) and argument.name == "cast":
            given = turbofish(argument)
            target = target or (given[0] if given else "_")
            argument = argument.receiver
        elif isinstance(argument, MethodCall) and argument.name in ("as_ptr", "as_mut_ptr"):
            return argument.receiver, target
        else:
            return None, ""


def _element(code: Code, slice_: Path) -> str:
    """The type of the elements, where it is written."""
    local = local_of(code, slice_)
    if local is None or local.binding.path or len(definitions(code, slice_)) != 1:
        return ""
    written = local.holder.type if isinstance(local.holder, (Formal, Let)) else ""
    found = _ELEMENT.fullmatch(written.strip())
    return (found[1] or found[2] or found[3]).strip() if found else ""


def _is_length(code: Code, node: Node, slice_: Node) -> bool:
    while isinstance(node, Cast):
        node = node.operand
    if isinstance(node, MethodCall) and node.name in ("try_into", "unwrap", "into"):
        return _is_length(code, node.receiver, slice_)
    return isinstance(node, MethodCall) and node.name == "len" and key(code, node.receiver) == key(code, slice_)


def _counts_both(call: Call) -> bool:
    """Whether the function also gets a number that may be the size of an element."""
    numbers = [argument for argument in call.arguments if isinstance(argument, Literal)]
    sizes = [inner for argument in call.arguments for inner in walk(argument) if named(inner, "size_of", "size_of_val")]
    return bool(numbers or sizes)
