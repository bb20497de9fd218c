"""Text without a NUL goes to C as a string

What: `as_ptr()` of a `str`, `String` or literal without `\\0` is given to a `char *` parameter, and no length goes
with it.
Why: C reads on until it meets a zero byte, past the end of the text into whatever lies behind it.
Instead: A `c".."` literal, or `CString::new(text)?` bound to a variable that outlives the call.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, foreign_calls, last_name, methods, origins, text
from ffireview.model.body import Call, Formal, Literal, Macro, Node
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import Foreign, called, labels
from ffireview.rules.reach import asked_about, reviewed

PATTERN = "P49"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-170", "CWE-126")
ADVISORIES = ("RUSTSEC-2025-0020",)
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use core::ffi::{c_char, c_int};
extern "C" {
    fn store_open(name: *const c_char) -> c_int;
    fn store_log(level: c_int, text: *const c_char);
}
pub fn open(name: &str) -> c_int {
    unsafe { store_open(name.as_ptr() as *const c_char) }                       //~ no-nul-terminator
}
pub fn log(of: String) {
    let text = of.as_bytes().as_ptr().cast();
    unsafe { store_log(1, text) };                                              //~ no-nul-terminator
    unsafe { store_log(1, b"opened".as_ptr() as *const _) };                    //~ no-nul-terminator
    unsafe { store_log(1, format!("{of}!").as_ptr().cast()) };                  //~ no-nul-terminator
}
-- c/store.h --
int store_open(const char *name);
void store_log(int level, const char *text);
""",
)
GOOD = (
    """\
-- src/lib.rs --
use core::ffi::{c_char, c_int, c_void};
use std::ffi::CString;
extern "C" {
    fn store_open(name: *const c_char) -> c_int;
    fn store_named(name: *const c_char, length: usize) -> c_int;
    fn store_data(data: *const u8) -> c_int;
    fn store_block(block: *const c_char) -> c_int;
}
pub fn open(name: &str, known: &CString, data: &[u8]) -> c_int {
    let owned = CString::new(name).unwrap();
    let mut text = String::from(name);
    text.push('\\0');
    let formatted = format!("{name}\\0");
    unsafe {
        store_open(owned.as_ptr()) + store_open(known.as_ptr()) + store_open(b"lib\\0".as_ptr() as *const c_char)
            + store_open(c"lib".as_ptr()) + store_named(name.as_ptr() as *const c_char, name.len())
            + store_data(data.as_ptr()) + store_open("a\\0".as_ptr().cast()) + store_open(text.as_ptr().cast())
            + store_open(formatted.as_ptr().cast()) + store_block(name.as_ptr().cast())
            + store_open(concat!("a", "\\0").as_ptr().cast())
    }
}
pub fn checked(name: &str) -> c_int {
    assert!(name.ends_with('\\0'));
    unsafe { store_open(name.as_ptr() as *const c_char) }
}
-- c/store.c --
int store_open(const char *name);
int store_named(const char *name, size_t length);
int store_data(const unsigned char *data);
int store_block(const char *block) { return block[0] + block[1]; }
""",
)

_TEXT = re.compile(r"(?:&\s*(?:'\w+\s*)?(?:mut\s+)?)?(?:str|(?:\w+::)*String|Box<str>|(?:\w+::)*Cow<[^<>]*str>)")
_CHARS = re.compile(r"(?:const\s+)?char\s*(?:const\s*)?\*|char\s+const\s*\*|\*\s*const\s+(?:\w+::)*c_char")
_KEEPS = frozenset(
    {".as_ptr", ".as_bytes", ".cast", "&", ".as_str", ".as_ref", ".cast_mut", ".to_string", "as_ptr", "&*", "from"}
)
_SIZES = re.compile(
    r"len|size|count|capacity|bytes|(?:^|_)n(?:$|_)|sz$|limit|(?:^|_)(?:end|last|stop|max)(?:$|_)", re.IGNORECASE
)
_NEW_TEXT = ("to_string", "to_owned", "String::from", "into_owned", "to_lowercase", "to_uppercase", "to_string_lossy")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such argument; with more confidence where C is seen to read to the NUL."""
    functions = called(codebase.program)
    for code in reviewed(codebase):
        for symbol, call in foreign_calls(code):
            function = functions.get(symbol)
            if function is None or _takes_length(function, call):
                continue
            for index, argument in enumerate(call.arguments):
                if not _is_string(function, index):
                    continue
                found = next((one for one in origins(code, argument) if _is_open_ended(code, one, call)), None)
                if found is not None:
                    read = function.does(index, EffectKind.TERMINATED)
                    message = f"`{symbol}` reads `{_named(found)}` up to a NUL, and it has none"
                    sure = Confidence.HIGH if read else None
                    yield Hit(Span.of(code.path, argument.at), message, labels(read, "read up to the NUL"), sure)


def _named(found: Origin) -> str:
    return found.name[:40] or "the text"


def _is_string(function: Foreign, index: int) -> bool:
    """Whether a parameter is a string of C: by its type, and by what C does with it if that is known."""
    told = function.parameter_types(index)
    if not told or not all(_CHARS.fullmatch(written.strip()) for written in told):
        return False
    return not function.known or bool(function.does(index, EffectKind.TERMINATED, EffectKind.PASSED_ON))


def _takes_length(function: Foreign, call: Call) -> bool:
    names = [p.name for a in (*function.imports, *function.declarations) if a.signature for p in a.signature.parameters]
    return any(_SIZES.search(name) for name in names) or any(_SIZES.search(text(a)) for a in call.arguments)


def _is_open_ended(code: Code, found: Origin, call: Node) -> bool:
    """Whether a pointer leads to text that certainly has no NUL of its own."""
    if not any(step in (".as_ptr", "as_ptr") for step in found.steps):
        return False
    if not all(step in _KEEPS or step.startswith("as *") for step in found.steps):
        return False
    if found.held is not None and _is_extended(code, found.held.name):
        return False
    node = found.node
    if isinstance(node, Literal):
        return node.kind == "str" and not node.text.startswith(("c", "cr")) and "\\0" not in node.text
    if found.source is Source.PARAMETER and isinstance(node, Formal):
        path = tuple(step for step in found.path if step != "*")
        if not _TEXT.fullmatch(code.part_type(node, path).strip()):
            return False
        return not asked_about(code, node, call)
    if isinstance(node, Macro):
        return last_name(node.name) == "format" and "\\0" not in node.tokens and "\\x00" not in node.tokens
    return found.source is Source.CALL and last_name(found.name).lstrip(".") in ("to_string", "to_lowercase")


def _is_extended(code: Code, name: str) -> bool:
    return any(text(call.receiver) == name for call in methods(code, "push", "push_str", "extend", "write_str"))
