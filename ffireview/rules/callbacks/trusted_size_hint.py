"""Unsafe code believes what a caller's iterator says of its length

What: Room is made by `size_hint()` or `len()` of an iterator that the caller chose, and its elements are written there
without a check (`ptr::write`, `get_unchecked_mut`), or the length is set to that number.
Why: Both may lie in safe code: `size_hint` and `ExactSizeIterator` promise nothing to unsafe code. One element more is
written behind the buffer; one less leaves memory that was never written.
Instead: Count what really came, compare before each write, or require `TrustedLen`.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Source, calls, guards, methods, origins, short, type_parameters
from ffireview.model.body import Binary, For, Formal, Macro, MethodCall, Node
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import in_unsafe_or_function, reviewed

PATTERN = "P77"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-787", "CWE-823")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::ptr;
pub fn fill<I: ExactSizeIterator<Item = u32>>(iter: I) -> Vec<u32> {
    let mut found = Vec::with_capacity(iter.len());
    let start = found.as_mut_ptr();
    let mut n = 0;
    for element in iter {
        unsafe { ptr::write(start.add(n), element) };                   //~ trusted-size-hint
        n += 1;
    }
    unsafe { found.set_len(n) };
    found
}
pub fn gather(iter: impl IntoIterator<Item = u32>, out: &mut Store) {
    let iter = iter.into_iter();
    let (low, _) = iter.size_hint();
    out.reserve(low);
    for (i, element) in iter.enumerate() {
        unsafe { *out.get_unchecked_mut(i) = element; }                 //~ trusted-size-hint
    }
}
""",
)
GOOD = (
    """\
use std::ptr;
pub fn fill<I: Iterator<Item = u32>>(iter: I) -> Vec<u32> {
    let (low, _) = iter.size_hint();
    let mut found = Vec::with_capacity(low);
    for element in iter { found.push(element); }
    found
}
pub fn counted<I: ExactSizeIterator<Item = u32>>(iter: I) -> Vec<u32> {
    let size = iter.len();
    let mut found = Vec::with_capacity(size);
    let mut n = 0;
    for element in iter {
        assert!(n < size);
        unsafe { ptr::write(found.as_mut_ptr().add(n), element) };
        n += 1;
    }
    unsafe { found.set_len(n) };
    found
}
pub fn taken<I: ExactSizeIterator<Item = u32>>(iter: I) -> Vec<u32> {
    let size = iter.len();
    let mut found = Vec::with_capacity(size);
    for (i, element) in iter.take(size).enumerate() {
        unsafe { ptr::write(found.as_mut_ptr().add(i), element) };
    }
    found
}
pub fn trusted<I: TrustedLen<Item = u32>>(iter: I) -> Vec<u32> {
    let mut found = Vec::with_capacity(iter.size_hint().0);
    for (i, element) in iter.enumerate() { unsafe { ptr::write(found.as_mut_ptr().add(i), element) }; }
    found
}
pub fn grown<I: Iterator<Item = u32>>(iter: I) -> Vec<u32> {
    let mut found = Vec::with_capacity(iter.size_hint().0);
    for element in iter {
        if found.len() == found.capacity() { found.reserve(1); }
        unsafe { ptr::write(found.as_mut_ptr().add(found.len()), element) };
    }
    found
}
pub fn slice(values: &[u32]) -> Vec<u32> {
    let mut found = Vec::with_capacity(values.len());
    for (i, v) in values.iter().enumerate() { unsafe { ptr::write(found.as_mut_ptr().add(i), *v) }; }
    found
}
""",
)

_ITERATES = re.compile(r"\b(?:Iterator|IntoIterator|ExactSizeIterator|DoubleEndedIterator)\b")
_TRUSTED = re.compile(r"\bTrustedLen\b")
_ASKS = ("size_hint", "len", "count")
_BOUNDS = ("take", "zip", "zip_eq", "reserve", "grow", "push", "try_reserve", "reserve_one", "resize")
_UNCHECKED = re.compile(r"unchecked|^uget|^uset")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first unchecked write of elements of each such iterator."""
    for code in reviewed(codebase):
        if not _iterators(code):
            continue
        asked = next(
            (one for one in methods(code, *_ASKS) if not one.arguments and _is_callers(code, one.receiver)), None
        )
        for loop in code.of(For) if asked is not None else ():
            if asked is None or code.rank(loop) < code.rank(asked) or not _is_callers(code, loop.iterable):
                continue
            if (written := _writes(code, loop)) and not _is_counted(code, loop, written):
                label = Label(Span.of(code.path, asked.at), "room is made by this")
                message = f"`{short(written)}` has room only if `{short(asked)}` of the caller's iterator is right"
                yield Hit(Span.of(code.path, written.at), message, (label,))
                break


def _iterators(code: Code) -> set[str]:
    """The type parameters that are iterators of the caller's."""
    known = type_parameters(code)
    bounds = {name: " ".join(found) for name, found in known.items()}
    found = {name for name, told in bounds.items() if _ITERATES.search(told) and not _TRUSTED.search(told)}
    impls = {formal.type for formal in code.body.parameters if formal.type.startswith("impl ")}
    return found | {written for written in impls if _ITERATES.search(written) and not _TRUSTED.search(written)}


def _is_callers(code: Code, node: Node) -> bool:
    """Whether a value is an iterator that the caller gave, also behind adapters."""
    names = _iterators(code)
    while isinstance(node, MethodCall) and node.name in ("enumerate", "into_iter", "by_ref", "map", "rev", "iter"):
        node = node.receiver
    found = origins(code, node)
    return any(
        one.source is Source.PARAMETER and isinstance(one.node, Formal) and one.node.type in names for one in found
    )


def _writes(code: Code, loop: For) -> Node | None:
    """The first write of a loop that checks nothing."""
    for call in calls(code, "ptr::write", within=loop):
        if in_unsafe_or_function(code, call):
            return call
    for method in code.within(loop.body, MethodCall):
        if _UNCHECKED.search(method.name) and in_unsafe_or_function(code, method):
            return method
    return None


def _is_counted(code: Code, loop: For, written: Node) -> bool:
    """Whether the loop compares something on its way to the write, or cannot run too often."""
    if any(True for _ in methods(code, *_BOUNDS, within=loop)):
        return True
    compares = any(node.operator in ("<", "<=", ">", ">=", "==", "!=") for node in code.within(loop.body, Binary))
    asserts = any("assert" in node.name and "debug" not in node.name for node in code.within(loop.body, Macro))
    return compares or asserts or any(code.holds(loop, fact.node) for fact in guards(code, written))
