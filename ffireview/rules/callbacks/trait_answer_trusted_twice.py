"""Unsafe code believes that a caller's method answers twice the same

What: A function calls a method such as `borrow()`, `as_ref()` or `len()` of a caller's type twice, and unsafe code
relies on both answers being of the same thing: a pointer from one and a length from the other, a check on one and an
access by the other.
Why: A safe implementation may answer differently each time. What was checked is then not what is used.
Instead: Call once, keep the answer in a variable, and use only that.
"""

from collections import defaultdict
from collections.abc import Iterator

from ffireview.flow import Choice, Code, Codebase, foreign_calls, key, short, type_parameters, user_code
from ffireview.model.body import Call, MethodCall, Node
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import in_unsafe_or_function, reviewed

PATTERN = "P77"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.PEDANTIC
ANSSI = ()
CWE = ("CWE-367",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::borrow::Borrow;
use std::slice;
extern "C" { fn store_put(data: *const u8, n: usize); }
pub fn put<B: AsRef<[u8]>>(bytes: &B) {
    unsafe { store_put(bytes.as_ref().as_ptr(), bytes.as_ref().len()) }        //~ trait-answer-trusted-twice
}
pub fn get<I: Borrow<usize>>(values: &[u32], at: I) -> u32 {
    if *at.borrow() < values.len() {
        unsafe { *values.get_unchecked(*at.borrow()) }                         //~ trait-answer-trusted-twice
    } else {
        0
    }
}
""",
)
GOOD = (
    """\
use std::borrow::Borrow;
extern "C" { fn store_put(data: *const u8, n: usize); }
pub fn put<B: AsRef<[u8]>>(bytes: &B) {
    let bytes = bytes.as_ref();
    unsafe { store_put(bytes.as_ptr(), bytes.len()) }
}
pub fn known(bytes: &Vec<u8>) { unsafe { store_put(bytes.as_ref().as_ptr(), bytes.as_ref().len()) } }
pub fn two<B: AsRef<[u8]>>(one: &B, other: &B) -> usize { one.as_ref().len() + one.as_ref().len() }
pub fn get<I: Borrow<usize>>(values: &[u32], at: I) -> u32 {
    if *at.borrow() < values.len() { values[*at.borrow()] } else { 0 }
}
pub fn sealed<B: Buffer>(bytes: &B) { unsafe { store_put(bytes.as_ref().as_ptr(), bytes.as_ref().len()) } }
pub unsafe trait Buffer: AsRef<[u8]> {}
""",
)

_ANSWERS = frozenset({"borrow", "as_ref", "as_mut", "borrow_mut", "deref", "deref_mut", "len", "as_slice", "as_bytes"})
_OPEN = ("AsRef", "AsMut", "Borrow", "BorrowMut", "Deref", "DerefMut", "ExactSizeIterator")
_UNCHECKED = ("get_unchecked", "get_unchecked_mut", "add", "offset", "from_raw_parts", "from_raw_parts_mut")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the second call that an unsafe operation relies on."""
    for code in reviewed(codebase):
        bounds = type_parameters(code)
        if not any(bound.partition("<")[0] in _OPEN for found in bounds.values() for bound in found):
            continue
        asked = _asked(code)
        for first, *others in asked:
            second = next((one for one in others if _relied_on(code, one)), None)
            if second is not None:
                label = Label(Span.of(code.path, first.at), "asked here first")
                message = f"`{short(second)}` is asked again, and may be another than before"
                yield Hit(Span.of(code.path, second.at), message, (label,))
                break


def _asked(code: Code) -> list[list[MethodCall]]:
    """The calls of a caller's methods that have no arguments, by value and method, where there are several."""
    rows: dict[object, list[MethodCall]] = defaultdict(list)
    for call in code.of(MethodCall):
        if call.name in _ANSWERS and not call.arguments and _is_open(code, call):
            rows[call.name, key(code, call.receiver)].append(call)
    return [found for found in rows.values() if len(found) > 1]


def _is_open(code: Code, call: MethodCall) -> bool:
    """Whether safe code outside chose what the method does: no bound is an unsafe or private trait."""
    run = user_code(code, call)
    if run is None or run.choice is not Choice.METHOD:
        return False
    bounds = type_parameters(code).get(run.name, ())
    known = [bound.partition("<")[0].rpartition("::")[2] for bound in bounds]
    return any(name in _OPEN for name in known)


def _relied_on(code: Code, call: MethodCall) -> bool:
    """Whether an answer goes into a foreign call, or into an access without a check."""
    foreign = {id(one) for _, one in foreign_calls(code)}
    for outer in code.ancestors(call):
        if id(outer) in foreign or (_is_unchecked(outer) and in_unsafe_or_function(code, outer)):
            return True
        if not isinstance(outer, (MethodCall, Call)) and not hasattr(outer, "operand"):
            return False
    return False


def _is_unchecked(node: Node) -> bool:
    if isinstance(node, MethodCall):
        return node.name in _UNCHECKED
    return isinstance(node, Call) and getattr(node.callee, "text", "").rpartition("::")[2] in _UNCHECKED
