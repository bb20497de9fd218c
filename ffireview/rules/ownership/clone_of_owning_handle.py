"""A handle that frees in drop can be copied

What: A type derives `Clone` and has a `Drop` that hands a raw pointer field to a foreign function.
Why: The derived clone copies the pointer: two values then free one object, the second time after it is gone.
Instead: Write `Clone` with the function of the library that makes a copy or counts a reference, leave it out, or
share the handle in an `Arc`.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, base_type, foreign_calls, last_name, root_of, walk
from ffireview.model.body import FieldAccess
from ffireview.model.facts import TypeFact
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P34"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-WRAPPING",)
CWE = ("CWE-415", "CWE-416")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub enum Raw {}
extern "C" { fn store_close(store: *mut Raw); }
#[derive(Debug, Clone)]
pub struct Store { raw: *mut Raw, id: u32 }                 //~ clone-of-owning-handle
impl Drop for Store {
    fn drop(&mut self) { unsafe { store_close(self.raw) } }
}
""",
)
GOOD = (
    """\
pub enum Raw {}
extern "C" { fn store_close(store: *mut Raw); fn store_ref(store: *mut Raw) -> *mut Raw; fn store_log(id: u32); }
pub struct Store { raw: *mut Raw }
impl Clone for Store {
    fn clone(&self) -> Self { Store { raw: unsafe { store_ref(self.raw) } } }
}
impl Drop for Store {
    fn drop(&mut self) { unsafe { store_close(self.raw) } }
}
#[derive(Clone)]
pub struct Shared { store: std::sync::Arc<Store> }
#[derive(Clone)]
pub struct View { raw: *mut Raw, id: u32 }
impl Drop for View {
    fn drop(&mut self) { unsafe { store_log(self.id) } }
}
#[derive(Clone, Copy)]
pub struct Plain { raw: *mut Raw }
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each type with both."""
    for file in codebase.program.code:
        for fact in file.types:
            if not any(last_name(trait) in ("Clone", "Copy") for trait in fact.derives):
                continue
            fields = set(codebase.raw_fields(fact.name, file.crate))
            for drop in _destructors(codebase, fact, file.path) if fields else ():
                if freed := _freed(drop, fields):
                    field, symbol = freed
                    yield Hit(
                        Span.of(file.path, fact.at), f"each clone of `{fact.name}` gives `{field}` to `{symbol}` again"
                    )


def _destructors(codebase: Codebase, fact: TypeFact, path: str) -> Iterator[Code]:
    for code in codebase.of_file(path):
        around = code.body.implements
        is_drop = code.body.name == "drop" and around and last_name(around.trait) == "Drop"
        if is_drop and around and base_type(around.type) == fact.name and code.body.module == fact.module:
            yield code


def _freed(drop: Code, fields: set[str]) -> tuple[str, str] | None:
    """The field of `self` that the destructor gives to a foreign function, and its symbol."""
    for symbol, call in foreign_calls(drop):
        for argument in call.arguments:
            for node in walk(argument):
                root = root_of(drop, node) if isinstance(node, FieldAccess) else None
                if root and root[0].name == "self" and root[1][0] in fields:
                    return root[1][0], symbol
    return None
