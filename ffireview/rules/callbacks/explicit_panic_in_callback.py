"""A function that C calls is written to panic

What: A function with the ABI of C holds `panic!`, `unwrap`, `expect` or `assert!`, or indexes with a number that C
gives, with no `catch_unwind` around.
Why: The panic cannot leave the function: since Rust 1.81 the whole process aborts, before that it is undefined
behaviour. C asked for a result and expects an error code.
Instead: Return an error of the C interface, or run the body in `std::panic::catch_unwind`. Where an abort is meant,
say so.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Degree, Panic, Source, bounded, origins, panics, short
from ffireview.model.body import Formal, Index, MethodCall
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import is_called_by_c, is_integer, reviewed

PATTERN = "P70"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.PEDANTIC
ANSSI = ("FFI-NOPANIC",)
CWE = ("CWE-248", "CWE-617")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
#[no_mangle]
pub unsafe extern "C" fn store_get(at: *const Store, n: usize) -> u32 {
    let store = at.as_ref().unwrap();                           //~ explicit-panic-in-callback
    assert!(n < 10);
    store.values[n]
}
unsafe extern "C" fn on_item(at: *const Store, n: usize) -> u32 {
    let store = &*at;
    store.values[n]                                             //~ explicit-panic-in-callback
}
pub struct Store { values: Vec<u32> }
""",
)
GOOD = (
    """\
use std::panic::catch_unwind;
pub struct Store { values: Vec<u32> }
#[no_mangle]
pub unsafe extern "C" fn store_get(at: *const Store, n: usize) -> u32 {
    match at.as_ref() {
        Some(store) => store.values.get(n).copied().unwrap_or(0),
        None => 0,
    }
}
#[no_mangle]
pub unsafe extern "C" fn store_caught(at: *const Store) -> u32 {
    catch_unwind(|| (*at).values.iter().max().copied().unwrap()).unwrap_or(0)
}
pub unsafe extern "C-unwind" fn unwinding(at: *const Store) -> u32 { at.as_ref().unwrap().values[0] }
unsafe extern "C" fn on_item(at: *const Store, n: usize) -> u32 {
    let store = &*at;
    if n < store.values.len() { store.values[n] } else { 0 }
}
fn plain(at: Option<u32>) -> u32 { at.unwrap() }
#[no_mangle]
pub unsafe extern "C" fn store_lock(at: *const std::sync::Mutex<Store>) -> usize { (*at).lock().unwrap().values.len() }
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """One hit for each function, where it panics first."""
    for code in reviewed(codebase):
        if not is_called_by_c(code) or code.body.abi.endswith("-unwind"):
            continue
        found = [one for one in panics(code, code.root, Degree.INDEX) if _counts(code, one)]
        if found:
            first = min(found, key=lambda one: code.rank(one.node))
            more = f", and at {len(found) - 1} more places" if len(found) > 1 else ""
            labels = tuple(Label(Span.of(code.path, one.node.at), "here too") for one in found[1:4])
            yield Hit(Span.of(code.path, first.node.at), f"`{short(first.node)}` may panic into C{more}", labels)


def _counts(code: Code, found: Panic) -> bool:
    """Whether a panic is written out, or an index is what C gives; a poisoned lock is a panic that was before."""
    node = found.node
    if found.degree is not Degree.INDEX:
        locked = isinstance(node, MethodCall) and isinstance(node.receiver, MethodCall)
        return not (locked and isinstance(node, MethodCall) and _locks(node.receiver))
    if not isinstance(node, Index):
        return False
    given = [one for one in origins(code, node.index) if one.source is Source.PARAMETER and not one.path]
    numbers = [one for one in given if isinstance(one.node, Formal) and is_integer(one.node.type)]
    return bool(numbers) and not bounded(code, node.index, node)


def _locks(node: object) -> bool:
    return isinstance(node, MethodCall) and node.name in ("lock", "read", "write", "try_lock")
