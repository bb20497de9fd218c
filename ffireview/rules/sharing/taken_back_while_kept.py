"""Rust takes an object back while C still has the pointer

What: `into_raw` gives an object to a foreign function that stores the pointer; the same function then makes a `Box` of
it again with `from_raw`, on the straight way on and with no call of C in between that could let go of it.
Why: Two owners: C goes on reading and writing what the `Box` claims for itself alone, and uses it after the drop.
Instead: Take it back only after C has been told to forget the pointer, or where C has refused it.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, between, calls, diverges, foreign_calls, key
from ffireview.model.body import Call, If, Match, Node
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import Done, done_to_arguments, effects_by_symbol
from ffireview.rules.reach import reviewed

PATTERN = "P62"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-416",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
pub struct State { id: u32 }
extern "C" { fn store_attach(state: *mut State); }
pub fn attach(state: Box<State>) -> Box<State> {
    let raw = Box::into_raw(state);
    unsafe {
        store_attach(raw);
        Box::from_raw(raw)                                  //~ taken-back-while-kept
    }
}
-- c/store.c --
struct state;
static struct state *the_state;
void store_attach(struct state *state) { the_state = state; }
""",
)
GOOD = (
    """\
-- src/lib.rs --
pub struct State { id: u32 }
extern "C" {
    fn store_attach(state: *mut State);
    fn store_try(state: *mut State) -> i32;
    fn store_detach();
    fn store_look(state: *mut State);
}
pub fn during(state: Box<State>) -> Box<State> {
    let raw = Box::into_raw(state);
    unsafe {
        store_attach(raw);
        store_detach();
        Box::from_raw(raw)
    }
}
pub fn refused(state: Box<State>) {
    let raw = Box::into_raw(state);
    if unsafe { store_try(raw) } != 0 {
        drop(unsafe { Box::from_raw(raw) });
    }
}
pub fn looked(state: Box<State>) -> Box<State> {
    let raw = Box::into_raw(state);
    unsafe {
        store_look(raw);
        Box::from_raw(raw)
    }
}
-- c/store.c --
struct state { unsigned id; };
static struct state *the_state;
void store_attach(struct state *state) { the_state = state; }
int store_try(struct state *state) { if (the_state) return 1; the_state = state; return 0; }
void store_detach(void) { the_state = 0; }
void store_look(struct state *state) { state->id = 1; }
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each object that is taken back on the straight way on from where C stored it."""
    effects = effects_by_symbol(codebase.program)
    for code in reviewed(codebase) if effects else ():
        taken = [call for call in calls(code, "Box::from_raw", "Arc::from_raw", "Rc::from_raw") if call.arguments]
        for done in done_to_arguments(code, effects, EffectKind.STORES) if taken else ():
            back = next((call for call in taken if _is_back(code, done, call)), None)
            if back is not None:
                label = Label(done.effect.span, "kept here")
                message = f"`{done.symbol}` keeps the pointer that is taken back here"
                yield Hit(Span.of(code.path, back.at), message, (label,))


def _is_back(code: Code, done: Done, call: Call) -> bool:
    """Whether a call takes back what C has, whatever C answered."""
    if code.rank(call) < code.rank(done.call) or key(code, call.arguments[0]) != key(code, done.argument):
        return False
    for outer, inner in code.around(call):
        branch = isinstance(outer, Match) or (isinstance(outer, If) and inner is not outer.condition)
        if branch and not code.holds(inner, done.call):
            return False
    nodes = between(code, done.call, call)
    return not any(_lets_go(code, node) for node in nodes)


def _lets_go(code: Code, node: Node) -> bool:
    """Whether C is called, or the function may end, in a node."""
    leaves = any(diverges(part) for part in code.within(node, If))
    return leaves or isinstance(node, (If, Match)) or any(True for _ in foreign_calls(code, node))
