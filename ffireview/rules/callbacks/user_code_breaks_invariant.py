"""A caller's code runs while a value is half moved

What: Elements are moved or copied by raw pointers, or a length says more than was written; then a closure, iterator or
method of a caller runs, and only after it the function puts things right (`ptr::write`, `set_len`, `mem::forget`).
Why: The caller's code may panic, and may look at the value. Then the second half never runs: elements are dropped
twice, or memory that was never written is dropped. Unsafe code must be right for every safe caller.
Instead: Run the caller's code before the first half, shorten the length first (`set_len(0)`), or put the second half
into the `drop` of a guard.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.flow import (
    Code,
    Codebase,
    Source,
    after,
    base_type,
    between,
    calls,
    inside_catch_unwind,
    key,
    methods,
    origins,
    plain,
    text,
    type_parameters,
    user_code,
)
from ffireview.model.body import (
    Assign,
    Call,
    FieldAccess,
    For,
    Let,
    Literal,
    Loop,
    MethodCall,
    Node,
    StructLiteral,
    While,
)
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import reviewed

PATTERN = "P77"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-460", "CWE-415")
ADVISORIES = ("RUSTSEC-2018-0003", "RUSTSEC-2020-0105")
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use std::ptr;
pub struct List<T> { data: *mut T, len: usize }
impl<T> List<T> {
    unsafe fn set_len(&mut self, len: usize) { self.len = len; }
    pub fn insert_many<I: Iterator<Item = T>>(&mut self, at: usize, iter: I, n: usize) {
        unsafe {
            let start = self.data.add(at);
            ptr::copy(start, start.add(n), self.len - at);               //~ user-code-breaks-invariant
            for (i, element) in iter.enumerate() { ptr::write(start.add(i), element); }
            self.set_len(self.len + n);
        }
    }
    pub fn clear(&mut self) {
        for i in 0..self.len {
            unsafe { ptr::drop_in_place(self.data.add(i)); }             //~ user-code-breaks-invariant
        }
        self.len = 0;
    }
}
pub fn replace_with<T, F: FnOnce(T) -> T>(place: &mut T, f: F) {
    unsafe {
        let old = ptr::read(place);                                      //~ user-code-breaks-invariant
        let new = f(old);
        ptr::write(place, new);
    }
}
pub fn read_all<T: Decode>(from: &mut Tape, n: usize) -> Vec<T> {
    let mut found = Vec::with_capacity(n);
    unsafe {
        found.set_len(n);                                                //~ user-code-breaks-invariant
        for i in 0..n { ptr::write(found.get_unchecked_mut(i), T::decode(from)); }
    }
    found
}
""",
)
GOOD = (
    """\
use std::mem::{self, ManuallyDrop};
use std::ptr;
pub struct List<T> { data: *mut T, len: usize }
struct Fill<'a, T> { list: &'a mut List<T>, len: usize }
impl<'a, T> Drop for Fill<'a, T> { fn drop(&mut self) { self.list.len = self.len; } }
impl<T> List<T> {
    unsafe fn set_len(&mut self, len: usize) { self.len = len; }
    pub fn insert_many<I: Iterator<Item = T>>(&mut self, at: usize, iter: I, n: usize) {
        unsafe {
            let start = self.data.add(at);
            let guard = Fill { len: at, list: self };
            ptr::copy(start, start.add(n), guard.list.len - at);
            for (i, element) in iter.enumerate() { ptr::write(start.add(i), element); }
            mem::forget(guard);
        }
    }
    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut keep: F) {
        let len = self.len;
        unsafe { self.set_len(0); }
        let mut gone = 0;
        for i in 0..len {
            unsafe {
                let at = self.data.add(i);
                if keep(&*at) { ptr::copy(at, self.data.add(i - gone), 1) } else { gone += 1 }
            }
        }
        unsafe { self.set_len(len - gone); }
    }
    pub fn refill<I: Iterator<Item = T>>(&mut self, at: usize, iter: I) {
        self.reserve(at);
        unsafe {
            self.set_len(at);
            for (i, element) in iter.enumerate() { ptr::write(self.data.add(i), element); }
        }
    }
    pub fn clear(&mut self) {
        let len = mem::replace(&mut self.len, 0);
        for i in 0..len { unsafe { ptr::drop_in_place(self.data.add(i)); } }
    }
    pub fn pop_all(&mut self) {
        while self.len > 0 {
            self.len -= 1;
            unsafe { ptr::drop_in_place(self.data.add(self.len)); }
        }
    }
    pub fn extend<I: Iterator<Item = T>>(&mut self, iter: I) {
        for element in iter {
            unsafe {
                ptr::write(self.data.add(self.len), element);
                self.set_len(self.len + 1);
            }
        }
    }
    pub fn remove(&mut self, at: usize) -> T {
        unsafe {
            let found = ptr::read(self.data.add(at));
            ptr::copy(self.data.add(at + 1), self.data.add(at), self.len - at - 1);
            self.set_len(self.len - 1);
            found
        }
    }
}
pub fn replace_with<T, F: FnOnce(T) -> T>(place: &mut T, f: F) {
    unsafe {
        let old = ptr::read(place);
        let new = panic::catch_unwind(AssertUnwindSafe(|| f(old))).unwrap_or_else(|_| std::process::abort());
        ptr::write(place, new);
    }
}
pub fn swap_with<T: Copy, F: FnOnce(T) -> T>(place: &mut T, f: F) {
    unsafe {
        let old = ptr::read(place);
        ptr::write(place, f(old));
    }
}
pub fn peek<T, F: FnOnce(&T)>(place: &T, f: F) {
    let held = ManuallyDrop::new(unsafe { ptr::read(place) });
    f(&held);
}
pub fn read_all<T: Decode>(from: &mut Tape, n: usize) -> Vec<T> {
    let mut found = Vec::with_capacity(n);
    for i in 0..n {
        let value = T::decode(from);
        unsafe {
            ptr::write(found.as_mut_ptr().add(i), value);
            found.set_len(i + 1);
        }
    }
    found
}
""",
)

_MOVES = ("ptr::copy", "ptr::copy_nonoverlapping", "intrinsics::copy")
_READS = ("ptr::read",)
_WRITES = ("ptr::write", "ptr::copy", "ptr::copy_nonoverlapping", "mem::forget")
_WRITING = ("write", "set_len", "copy_to", "copy_from")
_FILLING = frozenset({"get_unchecked_mut", "as_mut_ptr", "write"})
_GROWS = ("reserve", "reserve_exact", "try_reserve", "grow", "resize")
_FRESH = frozenset({"with_capacity", "new", "with_capacity_in", "uninit"})
_LENGTHS = frozenset({"len", "length", "size", "count", "end", "tail", "head", "filled", "init", "initialized"})
_GUARD = re.compile(r"Guard|Hole|Bomb|OnDrop|OnPanic|Defer|SetLen|Abort|DropOn|Finish|Backshift", re.IGNORECASE)


class _Half(NamedTuple):
    """The first half of something, what runs after it, and in words what a panic there leads to."""

    node: Node
    runs: list[Node]
    told: str


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each first half that a caller's code follows before the second."""
    for code in reviewed(codebase):
        halves = [*_moved(code), *_read(code), *_lengthened(code)]
        dropped = list(_dropped(code))
        if not (halves or dropped) or not type_parameters(code) or _is_copy(code) or _is_guarded(codebase, code):
            continue
        for node, told, later in dropped:
            yield Hit(Span.of(code.path, node.at), told, (Label(Span.of(code.path, later.at), "only then shortened"),))
        for half in halves:
            if ran := _users(code, half.runs):
                label = Label(Span.of(code.path, ran.at), "the caller's code runs here")
                yield Hit(Span.of(code.path, half.node.at), half.told, (label,))
                break


def _moved(code: Code) -> Iterator[_Half]:
    """Elements moved inside memory that a caller owns, with the length or a write after it."""
    for call in calls(code, *_MOVES):
        if len(call.arguments) != 3 or not _one_owner(code, call.arguments[0], call.arguments[1]):
            continue
        end = next((node for node in _seconds(code) if _lengthens(node) and _follows(code, node, call)), None)
        if end is not None and not _shortened_before(code, call):
            yield _Half(call, between(code, call, end), "until the length is set, moved elements are there twice")


def _read(code: Code) -> Iterator[_Half]:
    """A value read out of a place that still owns it, and written back or forgotten later."""
    for call in calls(code, *_READS):
        found = origins(code, call.arguments[0]) if len(call.arguments) == 1 else ()
        lent = any(one.source is Source.PARAMETER and one.pointer and not one.inside for one in found)
        if not lent or _shortened_before(code, call):
            continue
        place = key(code, call.arguments[0])
        for end in calls(code, "ptr::write", "mem::forget"):
            back = end.arguments and key(code, end.arguments[0]) == place
            if back and _follows(code, end, call):
                told = f"`{text(call.arguments[0])[:40]}` is owned twice until it is written back"
                yield _Half(call, [*between(code, call, end), *end.arguments], told)
                break


def _lengthened(code: Code) -> Iterator[_Half]:
    """A length that counts elements which are written later."""
    for call in methods(code, "set_len"):
        if len(call.arguments) != 1 or isinstance(call.arguments[0], Literal) or not _grows(code, call):
            continue
        around = [outer for outer in code.ancestors(call) if isinstance(outer, (For, While, Loop))]
        if any(code.rank(write) < code.rank(call) for loop in around for write in _fills(code, loop)):
            continue
        runs = after(code, call)
        if any(True for node in runs for _ in _fills(code, node)):
            yield _Half(call, runs, f"`{text(call.receiver)[:40]}` already counts elements that are not written yet")


def _dropped(code: Code) -> Iterator[tuple[Node, str, Node]]:
    """Elements dropped in place before the length says so: the drop of one may panic."""
    drops = [*calls(code, "ptr::drop_in_place", "drop_in_place"), *methods(code, "drop_in_place")]
    lengths = [node for node in _seconds(code) if _lengthens(node)]
    for drop in drops:
        later = next((node for node in lengths if _follows(code, node, drop)), None)
        if later and not any(code.rank(node) < code.rank(drop) for node in lengths) and _many(code, drop):
            yield drop, "if the drop of one element panics, all are dropped again", later


def _many(code: Code, drop: Node) -> bool:
    """Whether more than one element is dropped, and the owner is not gone with them."""
    taken = any(True for _ in calls(code, "mem::replace", "mem::take", "replace", "take"))
    if taken or code.body.name == "drop" or (drops := text(drop)).count("self") == 0:
        return False
    in_loop = any(isinstance(outer, (For, While, Loop)) for outer in code.ancestors(drop))
    return in_loop or "slice" in drops or "[" in drops


def _users(code: Code, nodes: list[Node]) -> Node | None:
    """The first place where a caller's code runs and no panic is caught."""
    for node in nodes:
        for part in code.inside(node):
            if (user_code(code, part) or _clones(code, part)) and not inside_catch_unwind(code, part):
                return part
    return None


def _clones(code: Code, node: Node) -> bool:
    """`clone` of an element: the function can only call it by a bound of its own."""
    bounded = any("Clone" in bounds for bounds in type_parameters(code).values())
    if not isinstance(node, MethodCall) or node.name != "clone" or not bounded:
        return False
    return any(isinstance(outer, (For, While, Loop)) for outer in code.ancestors(node))


def _seconds(code: Code) -> list[Node]:
    """What may be the second half, in order."""
    assigned = [node for node in code.of(Assign) if isinstance(node.target, FieldAccess)]
    return sorted([*calls(code, *_WRITES), *methods(code, *_WRITING), *assigned], key=code.rank)


def _lengthens(node: Node) -> bool:
    """Whether a node sets a length."""
    if isinstance(node, Assign):
        name = node.target.name if isinstance(node.target, FieldAccess) else ""
        return name in _LENGTHS or name.endswith("_len")
    return isinstance(node, MethodCall) and node.name == "set_len"


def _follows(code: Code, later: Node, first: Node) -> bool:
    return code.rank(later) > code.rank(first) and not code.holds(first, later)


def _shortened_before(code: Code, at: Node) -> bool:
    """Whether the owner was told before that it has no such elements."""
    return any(_lengthens(node) and code.rank(node) < code.rank(at) for node in _seconds(code))


def _one_owner(code: Code, source: Node, target: Node) -> bool:
    """Whether both pointers lead to what one parameter, such as `self`, holds."""
    owners = [{id(one.node) for one in origins(code, node) if _of_parameter(code, node)} for node in (source, target)]
    return bool(owners[0] & owners[1])


def _of_parameter(code: Code, node: Node) -> bool:
    """Whether a pointer is reached from a parameter, also through a method of it."""
    for one in origins(code, node):
        start = one.node
        while isinstance(start, MethodCall):
            start = start.receiver
        found = origins(code, start) if start is not one.node else (one,)
        if any(two.source is Source.PARAMETER for two in found):
            return True
    return False


def _grows(code: Code, call: MethodCall) -> bool:
    """Whether a length becomes larger: the vector is new, or was given room and now has more."""
    place = key(code, call.receiver)
    room = any(key(code, one.receiver) == place and _follows(code, call, one) for one in methods(code, *_GROWS))
    fresh = any(plain(one.name).rsplit("::", 1)[-1].lstrip(".") in _FRESH for one in origins(code, call.receiver))
    more = any(one.source is Source.COMPUTED and one.name == "+" for one in origins(code, call.arguments[0]))
    return (room and more) or fresh


def _fills(code: Code, node: Node) -> Iterator[Node]:
    """Where elements are written by hand."""
    yield from calls(code, "ptr::write", "ptr::copy_nonoverlapping", within=node)
    for method in methods(code, *_FILLING, within=node):
        outer = code.parent(method)
        if method.name == "write" or (isinstance(outer, Call) and outer.arguments[:1] == (method,)):
            yield method
    for assign in code.within(node, Assign):
        if any(isinstance(part, MethodCall) and part.name in _FILLING for part in code.inside(assign.target)):
            yield assign


def _is_copy(code: Code) -> bool:
    """Whether elements may be copied: nothing is dropped twice."""
    around = code.body.implements
    where = (*code.body.where, *(around.where if around else ()))
    bounds = [bound for found in type_parameters(code).values() for bound in found]
    return "Copy" in (*bounds, *(bound for line in where for bound in line.bounds))


def _is_guarded(codebase: Codebase, code: Code) -> bool:
    """Whether the function makes a value whose drop puts things right, or none that is dropped."""
    if any(True for _ in calls(code, "ManuallyDrop::new", "scopeguard::guard", "guard", "defer", "catch_unwind")):
        return True
    for let in code.of(Let):
        made = [let.value] if let.value is not None else []
        for value in made:
            name = _type_made(value)
            if name and (_GUARD.search(name) or codebase.drops(name, code.crate)):
                return True
    return False


def _type_made(value: Node) -> str:
    """The name of the type that an expression makes, where it says so."""
    if isinstance(value, StructLiteral):
        return base_type(value.path)
    if isinstance(value, Call):
        head = plain(text(value.callee)).rpartition("::")[0]
        return head.rpartition("::")[2] if head else plain(text(value.callee))
    return ""
