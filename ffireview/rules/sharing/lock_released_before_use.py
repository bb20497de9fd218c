"""What a lock protects is used after the lock is released

What: A list is moved out (`mem::take`) or a raw pointer is taken while a guard is held; the guard is dropped; then
the list is walked, or the pointer read. For a list: unsafe code elsewhere in the file works on the same field.
Why: The other code relies on the lock: it removes an element by pointer, or frees what the pointer leads to, while
this code goes over it. Both are inside their locks, and still meet.
Instead: Hold the guard until the last use, or take elements one by one under the lock.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ffireview.flow import Code, Codebase, Local, after, calls, local_of, methods, named, uses, walk
from ffireview.model.body import Call, FieldAccess, Let, MethodCall, Node, Path, Reference, Unary
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import in_unsafe, in_unsafe_or_function, reviewed

PATTERN = "P67"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-362", "CWE-667")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
use core::mem;
impl Node {
    pub fn release(&self) {
        let mut guard = self.owner.inner.lock();
        let waiting = mem::take(&mut guard.waiting);
        drop(guard);
        for one in waiting {                                       //~ lock-released-before-use
            one.set_dead();
        }
    }
    pub fn remove(&self, one: &Waiter) {
        let mut guard = self.owner.inner.lock();
        unsafe { guard.waiting.remove(one) };
    }
    pub fn first(&self) -> u32 {
        let guard = self.table.lock().unwrap();
        let at = guard.values.as_ptr();
        drop(guard);
        unsafe { *at }                                             //~ lock-released-before-use
    }
}
""",
)
GOOD = (
    """\
use core::mem;
impl Node {
    pub fn release(&self) {
        let mut guard = self.owner.inner.lock();
        let waiting = mem::take(&mut guard.waiting);
        for one in waiting { one.set_dead(); }
        drop(guard);
    }
    pub fn remove(&self, one: &Waiter) {
        let mut guard = self.owner.inner.lock();
        unsafe { guard.waiting.remove(one) };
    }
    pub fn names(&self) {
        let mut guard = self.owner.inner.lock();
        let names = mem::take(&mut guard.names);
        drop(guard);
        for name in names { name.print(); }
    }
    pub fn first(&self) -> u32 {
        let guard = self.table.lock().unwrap();
        let at = guard.values.as_ptr();
        let found = unsafe { *at };
        drop(guard);
        found
    }
    pub fn copied(&self) -> u32 {
        let guard = self.table.lock().unwrap();
        let n = guard.count;
        drop(guard);
        n
    }
}
""",
)

_LOCKS = frozenset({"lock", "write", "read", "lock_irqsave", "lock_irq", "borrow_mut", "try_lock", "upgradable_read"})
_MOVES = ("mem::take", "mem::replace", "take", "replace")
_POINTERS = ("as_ptr", "as_mut_ptr")
_THROUGH = ("add", "read", "write", "offset", "as_ref", "as_mut")
_CHANGES = frozenset({"remove", "remove_unchecked", "cursor", "push_back", "unlink", "erase", "insert"})


class _Held(NamedTuple):
    """A guard, and where it is dropped by hand."""

    guard: Local
    drop: Call


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first use of each thing that was taken out under a guard that is gone."""
    for code in reviewed(codebase):
        for held in _guards(code):
            for let in code.of(Let):
                local = _taken(codebase, code, let, held)
                used = _first_use(code, local, held) if local else None
                if local and used is not None:
                    label = Label(Span.of(code.path, held.drop.at), "the lock is released here")
                    message = f"`{local.name}` was taken under `{held.guard.name}`, which no longer protects it"
                    yield Hit(Span.of(code.path, used.at), message, (label,))
                    break


def _guards(code: Code) -> Iterator[_Held]:
    """The guards that are dropped before their function ends."""
    for call in calls(code, "drop"):
        local = local_of(code, call.arguments[0]) if len(call.arguments) == 1 else None
        value = local.holder.value if local and isinstance(local.holder, Let) else None
        if local and value and any(isinstance(node, MethodCall) and node.name in _LOCKS for node in walk(value)):
            yield _Held(local, call)


def _taken(codebase: Codebase, code: Code, let: Let, held: _Held) -> Local | None:
    """The variable that gets a list or a raw pointer out of what a guard protects."""
    if let.value is None or len(let.pattern.bindings) != 1 or not _under(code, let, held):
        return None
    local = Local(let.pattern.bindings[0].name, let.pattern.bindings[0], let)
    if isinstance(let.value, MethodCall) and let.value.name in _POINTERS and _names(code, let.value, held):
        return local
    if not named(let.value, *_MOVES) or not isinstance(let.value, Call) or not let.value.arguments:
        return None
    place = let.value.arguments[0]
    field = place.operand if isinstance(place, Reference) else place
    if isinstance(field, FieldAccess) and _names(code, field, held) and _is_worked_on(codebase, code, field.name):
        return local
    return None


def _under(code: Code, let: Let, held: _Held) -> bool:
    return code.rank(held.guard.holder) < code.rank(let) < code.rank(held.drop)


def _names(code: Code, node: Node, held: _Held) -> bool:
    """Whether a value is part of what the guard protects."""
    return any(isinstance(part, Path) and local_of(code, part) == held.guard for part in walk(node))


def _is_worked_on(codebase: Codebase, code: Code, field: str) -> bool:
    """Whether unsafe code of the file calls a method that changes a field of that name."""
    for other in codebase.of_file(code.path):
        for call in methods(other, *_CHANGES):
            if isinstance(call.receiver, FieldAccess) and call.receiver.name == field and in_unsafe(other, call):
                return True
    return False


def _first_use(code: Code, local: Local, held: _Held) -> Node | None:
    """The first place behind the drop of the guard where the thing is used: for a pointer, where it is read through."""
    later = after(code, held.drop)
    pointer = isinstance(local.holder, Let) and isinstance(local.holder.value, MethodCall)
    for use in uses(code, local):
        if code.rank(use) > code.rank(held.drop) and any(code.holds(node, use) for node in later):
            outer = code.parent(use)
            through = isinstance(outer, Unary) or (isinstance(outer, MethodCall) and outer.name in _THROUGH)
            if not pointer or (through and in_unsafe_or_function(code, use)):
                return use
    return None
