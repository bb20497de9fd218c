"""An integer from outside becomes an enum by transmute

What: `transmute` turns an integer parameter, or an integer that a foreign function returned, into an enum of Rust or a
`bool`, and nothing compares the integer with anything before.
Why: A value that is none of the variants is undefined behaviour at once. A newer C library, or a caller, is enough.
Instead: `match` on the integer, or a `TryFrom` that returns an error.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Source, base_type, calls, facts_about, last_name, origins
from ffireview.model.body import Block, Call, Formal, Let, Node, Path, Return
from ffireview.model.facts import TypeKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import asked_about, is_integer, reviewed

PATTERN = "P51"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-843",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
#[repr(u32)]
pub enum State { Idle, Busy }
extern "C" { fn device_state(id: i32) -> u32; }
pub fn state(id: i32) -> State {
    unsafe { mem::transmute::<u32, State>(device_state(id)) }        //~ integer-to-enum
}
pub fn of(number: u32) -> State {
    unsafe { mem::transmute(number) }                                //~ integer-to-enum
}
-- c/device.h --
unsigned device_state(int id);
""",
)
GOOD = (
    """\
#[repr(u32)]
pub enum State { Idle, Busy }
pub fn of(number: u32) -> Option<State> {
    if number > 1 {
        return None;
    }
    Some(unsafe { mem::transmute::<u32, State>(number) })
}
pub unsafe fn trusted(number: u32) -> State {
    mem::transmute(number)
}
pub fn bits(number: u32) -> f32 {
    unsafe { mem::transmute(number) }
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each integer that nobody looked at."""
    for code in reviewed(codebase):
        for call in calls(code, "transmute") if not code.body.unsafe else ():
            target = _target(code, call)
            if len(call.arguments) != 1 or not _is_picky(codebase, code, target):
                continue
            if facts_about(code, call.arguments[0], call):
                continue
            for found in origins(code, call.arguments[0]):
                taken = found.source is Source.PARAMETER and isinstance(found.node, Formal) and not found.path
                given = taken and isinstance(found.node, Formal) and is_integer(found.node.type)
                if given and isinstance(found.node, Formal) and asked_about(code, found.node, call):
                    continue
                if given or found.source is Source.FOREIGN:
                    yield Hit(Span.of(code.path, call.at), f"`{found.name}` may be no `{last_name(target)}`")
                    break


def _is_picky(codebase: Codebase, code: Code, target: str) -> bool:
    """Whether a type has fewer values than bits."""
    if target == "bool":
        return True
    facts = codebase.types(target, code.crate) if target else []
    return bool(facts) and all(fact.kind is TypeKind.ENUM for fact in facts)


def _target(code: Code, call: Call) -> str:
    """The type that comes out: written at the call, at the `let`, or as what the function returns."""
    written = call.turbofish or call.callee.text.partition("transmute")[2] if isinstance(call.callee, Path) else ""
    if "," in written:
        return base_type(written.rpartition(",")[2].strip(" >"))
    around = next((node for node in code.ancestors(call) if not isinstance(node, Block)), None)
    if isinstance(around, Let):
        return base_type(around.type) if around.type else ""
    returned = around is None or isinstance(around, Return)
    if returned and (isinstance(around, Return) or _is_tail(code, call)):
        own = code.body.implements.type if code.body.implements else ""
        return base_type(own if code.body.returns == "Self" else code.body.returns)
    return ""


def _is_tail(code: Code, node: Node) -> bool:
    """Whether every block around a node ends with it."""
    return all(not isinstance(outer, Block) or outer.tail is inner for outer, inner in code.around(node))
