"""What C only lends is wrapped in a type that frees it

What: The result of a C getter (its definition returns a pointer into its argument, or it is called `.._get_..`) goes
into a type of the tree whose `Drop` calls a foreign function, and nothing counts a reference in between.
Why: C still owns the object. It is freed when the wrapper is dropped, and used or freed again by C.
Instead: Return a borrowed view with the lifetime of `&self`, or take a reference first (`.._ref`, `.._retain`,
`.._up_ref`).
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Origin, Source, base_type, callee, foreign_calls, named, origins, plain
from ffireview.model.body import Call, Node, StructLiteral
from ffireview.model.effects import Effect, EffectKind, Effects
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import effects_by_symbol
from ffireview.rules.reach import reviewed

PATTERN = "P40"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-415", "CWE-416")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub enum Raw {}
extern "C" { fn stream_get_context(s: *mut Raw) -> *mut Raw; fn context_unref(c: *mut Raw); }
pub struct Context { ptr: *mut Raw }
impl Context { fn from_raw(ptr: *mut Raw) -> Self { Self { ptr } } }
impl Drop for Context { fn drop(&mut self) { unsafe { context_unref(self.ptr) } } }
pub struct Stream { ptr: *mut Raw }
impl Stream {
    pub fn context(&self) -> Context {
        Context::from_raw(unsafe { stream_get_context(self.ptr) })         //~ borrowed-result-owned
    }
    pub fn checked(&self) -> Option<Context> {
        let ptr = unsafe { stream_get_context(self.ptr) };
        if ptr.is_null() { return None; }
        Some(Context { ptr })                                              //~ borrowed-result-owned
    }
}
""",
    """\
-- src/lib.rs --
#[repr(C)]
pub struct Raw { id: i32 }
extern "C" { fn stream_item(s: *mut Raw) -> *mut Raw; fn item_free(c: *mut Raw); }
pub struct Item { ptr: *mut Raw }
impl Drop for Item { fn drop(&mut self) { unsafe { item_free(self.ptr) } } }
pub fn item(stream: *mut Raw) -> Item { Item { ptr: unsafe { stream_item(stream) } } }   //~ borrowed-result-owned
-- c/stream.c --
#include <stdlib.h>
struct raw { int id; struct raw *item; };
struct raw *stream_item(struct raw *s) { return s->item; }
void item_free(struct raw *c) { free(c); }
""",
)
GOOD = (
    """\
-- src/lib.rs --
pub enum Raw {}
extern "C" {
    fn stream_get_context(s: *mut Raw) -> *mut Raw;
    fn stream_get_copy(s: *mut Raw) -> *mut Raw;
    fn stream_get_made(s: *mut Raw) -> *mut Raw;
    fn stream_get_later(s: *mut Raw, done: Option<extern "C" fn()>) -> *mut Raw;
    fn stream_new() -> *mut Raw;
    fn context_ref(c: *mut Raw) -> *mut Raw;
    fn context_unref(c: *mut Raw);
}
pub struct Context { ptr: *mut Raw }
impl Context {
    fn from_raw(ptr: *mut Raw) -> Self { Self { ptr } }
    fn from_raw_weak(ptr: *mut Raw) -> Self { Self { ptr } }
}
impl Drop for Context { fn drop(&mut self) { unsafe { context_unref(self.ptr) } } }
pub struct View { ptr: *mut Raw }
pub struct Stream { ptr: *mut Raw }
impl Stream {
    pub fn context(&self) -> Context { Context::from_raw(unsafe { context_ref(stream_get_context(self.ptr)) }) }
    pub fn counted(&self) -> Context {
        let ptr = unsafe { stream_get_context(self.ptr) };
        unsafe { context_ref(ptr) };
        Context::from_raw(ptr)
    }
    pub fn view(&self) -> View { View { ptr: unsafe { stream_get_context(self.ptr) } } }
    pub fn weak(&self) -> Context { Context::from_raw_weak(unsafe { stream_get_context(self.ptr) }) }
    pub fn kept(&self) -> std::mem::ManuallyDrop<Context> {
        std::mem::ManuallyDrop::new(Context::from_raw(unsafe { stream_get_context(self.ptr) }))
    }
    pub fn made(&self) -> Context { Context::from_raw(unsafe { stream_get_made(self.ptr) }) }
    pub fn later(&self) -> Context { Context::from_raw(unsafe { stream_get_later(self.ptr, None) }) }
    pub fn copy(&self) -> Context { Context::from_raw(unsafe { stream_get_copy(self.ptr) }) }
}
pub fn fresh() -> Context { Context::from_raw(unsafe { stream_new() }) }
-- c/stream.c --
#include <stdlib.h>
struct raw { int id; };
struct raw *stream_get_made(struct raw *s) { return malloc(sizeof(struct raw)); }
""",
)

_GETTER = re.compile(r"(?:^|_)(?:get|get0|peek|borrow)_(?!.*(?:new|copy|dup|alloc|ref\b|create|clone|owned|take))")
_COUNTS = re.compile(
    r"(?:^|_)(?:up_?)?(?:ref|retain|addref|incref|acquire|dup|copy|clone)(?:_|$)|(?:Ref|Retain|IncRef|Copy)$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"free|unref|destroy|release|delete|close|dispose|decref|drop|deref|cleanup|fini", re.IGNORECASE)
_BORROWS = re.compile(r"weak|borrow|unowned|ref|none|get_rule|view", re.IGNORECASE)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each wrapper that is made of a borrowed pointer."""
    effects = effects_by_symbol(codebase.program)
    numbers = {
        crossing.symbol
        for crossing in codebase.program.crossings
        for anchor in crossing.rust
        if anchor.signature is not None and not anchor.signature.returns.startswith(("*", "Option", "NonNull"))
    }
    for code in reviewed(codebase):
        symbols = [symbol for symbol, _ in foreign_calls(code) if symbol not in numbers]
        if not symbols or any(map(_COUNTS.search, symbols)) or _is_kept(code):
            continue
        for node in (*code.of(Call), *code.of(StructLiteral)):
            wrapper, pointers = _wrapper(codebase, code, node)
            if not wrapper or not codebase.drops(wrapper, code.crate):
                continue
            found = (one for pointer in pointers for one in origins(code, pointer) if one.name in symbols)
            lent = next((one for one in found if _is_lent(one, effects.get(one.name, ()))), None)
            if lent is not None and _frees(codebase, code, wrapper):
                told = _borrowed(effects.get(lent.name, ()))
                labels = (Label(told.span, "lent here"),) if told else ()
                message = f"`{lent.name}` lends what it returns, and `{wrapper}` frees it when it is dropped"
                yield Hit(Span.of(code.path, node.at), message, labels)


def _wrapper(codebase: Codebase, code: Code, node: Node) -> tuple[str, tuple[Node, ...]]:
    """The type that a node makes, and the pointers it is made of."""
    if isinstance(node, StructLiteral):
        name = base_type(code.full(node.path))
        raw = codebase.raw_fields(name, code.crate)
        return name, tuple(field.value for field in node.fields if field.name in raw)
    if isinstance(node, Call) and not code.foreign(node) and len(node.arguments) == 1:
        head, _, name = plain(code.full(callee(node))).rpartition("::")
        if head and name.startswith(("from_", "new", "wrap")) and not _BORROWS.search(name.removeprefix("from_")):
            return base_type(head), node.arguments
    return "", ()


def _frees(codebase: Codebase, code: Code, wrapper: str) -> bool:
    """Whether the destructor of a type gives the object up to C."""
    for fact in codebase.program.code:
        if fact.crate != code.crate or not any(base_type(one.type) == wrapper for one in fact.impls):
            continue
        for drop in codebase.of_file(fact.path):
            around = drop.body.implements
            if drop.body.name == "drop" and around and base_type(around.type) == wrapper:
                return any(_ENDS.search(symbol) for symbol, _ in foreign_calls(drop))
    return False


def _is_lent(found: Origin, effects: tuple[Effects, ...]) -> bool:
    """Whether C goes on owning what it returned: by its definition, and without one by the name of a function that gets
    nothing but the object that it asks."""
    if found.source is not Source.FOREIGN or found.path:
        return False
    if effects:
        owned = any(one.kind is EffectKind.RETURNS_ALLOCATED for done in effects for one in done.returns)
        return not owned and _borrowed(effects) is not None
    return isinstance(found.node, Call) and len(found.node.arguments) == 1 and bool(_GETTER.search(found.name))


def _borrowed(effects: tuple[Effects, ...]) -> Effect | None:
    return next((one for done in effects for one in done.returns if one.kind is EffectKind.RETURNS_BORROWED), None)


def _is_kept(code: Code) -> bool:
    """Whether the function keeps some wrapper from being dropped."""
    return any(named(call, "ManuallyDrop::new", "mem::forget", "forget") for call in code.of(Call))
