"""The only check of a caller's value is a debug_assert

What: A parameter of a public safe function reaches an unchecked access or is used as a pointer, and all that
makes sure of it is `debug_assert!`.
Why: A release build has no such check: the function that tests say is safe is not what is shipped.
Instead: `assert!`, or make the function `unsafe` and keep the `debug_assert!` for its callers' sake.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Fact, Strength, bounded, calls, methods, null_checked
from ffireview.model.body import Formal, Node, RangeOf
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import asked_about, dereferences, in_unsafe, is_open, reviewed, whole_parameter

PATTERN = "P85"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("LANG-UNSAFE-ENCP",)
CWE = ("CWE-617", "CWE-125")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
impl Table {
    pub fn row(&self, index: usize) -> &Row {
        debug_assert!(index < self.rows.len());
        unsafe { self.rows.get_unchecked(index) }               //~ debug-only-guard
    }
}
pub fn level(gauge: *const Gauge) -> u32 {
    debug_assert!(!gauge.is_null());
    unsafe { (*gauge).level }                                   //~ debug-only-guard
}
""",
)
GOOD = (
    """\
impl Table {
    pub fn row(&self, index: usize) -> &Row {
        assert!(index < self.rows.len());
        unsafe { self.rows.get_unchecked(index) }
    }
    pub unsafe fn any(&self, index: usize) -> &Row {
        debug_assert!(index < self.rows.len());
        unsafe { self.rows.get_unchecked(index) }
    }
    pub fn twice(&self, index: usize) -> &Row {
        debug_assert!(index < self.rows.len());
        if index >= self.rows.len() {
            panic!("no such row");
        }
        unsafe { self.rows.get_unchecked(index) }
    }
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each unsafe use of a parameter whose checks are all for debug builds."""
    for code in reviewed(codebase):
        if not is_open(code):
            continue
        for use, value, facts in _uses(code):
            found = whole_parameter(code, value)
            debug = bool(facts) and all(fact.strength is Strength.DEBUG for fact in facts)
            if found is None or not isinstance(found.node, Formal) or not debug:
                continue
            if not asked_about(code, found.node, use):
                label = Label(Span.of(code.path, facts[0].node.at), "only in debug builds")
                yield Hit(Span.of(code.path, use.at), f"in a release nothing checks `{found.name}`", (label,))


def _uses(code: Code) -> Iterator[tuple[Node, Node, list[Fact]]]:
    for call in methods(code, "get_unchecked", "get_unchecked_mut", "add", "offset"):
        if in_unsafe(code, call) and len(call.arguments) == 1 and not isinstance(call.arguments[0], RangeOf):
            yield call, call.arguments[0], bounded(code, call.arguments[0], call)
    for made in calls(code, "slice::from_raw_parts", "slice::from_raw_parts_mut"):
        if len(made.arguments) == 2:
            yield made, made.arguments[1], bounded(code, made.arguments[1], made)
    for made in calls(code, "NonNull::new_unchecked"):
        if made.arguments:
            yield made, made.arguments[0], null_checked(code, made.arguments[0], made)
    for pointer, use in dereferences(code):
        yield use, pointer, null_checked(code, pointer, use)
