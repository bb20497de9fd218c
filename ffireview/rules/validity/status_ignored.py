"""What C fills is read although nobody asked whether C succeeded

What: A foreign function that returns an error number is called, its result is dropped, and what it should have filled
through a pointer is read afterwards.
Why: On an error C leaves the variable as it was, or half written: the code goes on with zeroes, garbage or an old
value.
Instead: Compare the result and leave with an error before the variable is read.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Local, foreign_calls, named, root_of, uses, writes
from ffireview.model.body import Call, Cast, Macro, MethodCall, Node, Reference
from ffireview.model.effects import Effect, EffectKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import Foreign, called, labels
from ffireview.rules.reach import dropped, reviewed

PATTERN = "P47"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CKNONROBUST",)
CWE = ("CWE-252", "CWE-908")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" { fn store_size(id: i32, size: *mut usize) -> i32; }
pub fn size(id: i32) -> usize {
    let mut size = 0;
    unsafe { store_size(id, &mut size) };                       //~ status-ignored
    size
}
pub fn twice(id: i32) -> usize {
    let mut size = std::mem::MaybeUninit::uninit();
    let _ = unsafe { store_size(id, size.as_mut_ptr()) };       //~ status-ignored
    2 * unsafe { size.assume_init() }
}
-- c/store.c --
int store_size(int id, size_t *size)
{
    if (id < 0)
        return -EINVAL;
    *size = sizes[id];
    return 0;
}
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn store_size(id: i32, size: *mut usize) -> i32;
    fn store_max(id: i32, size: *mut usize) -> i32;
    fn store_clear(id: i32) -> i32;
}
pub fn size(id: i32) -> Option<usize> {
    let mut size = 0;
    if unsafe { store_size(id, &mut size) } < 0 {
        return None;
    }
    Some(size)
}
pub fn max(id: i32) -> usize {
    let mut size = 0;
    unsafe { store_max(id, &mut size) };
    size
}
pub fn warm(id: i32) {
    let mut size = 0;
    unsafe { store_size(id, &mut size) };
    unsafe { store_clear(id) };
}
pub fn told(id: i32) -> i32 {
    let mut size = 0;
    unsafe { store_size(id, &mut size) }
}
-- c/store.c --
int store_size(int id, size_t *size)
{
    if (id < 0)
        return -EINVAL;
    *size = sizes[id];
    return 0;
}
int store_max(int id, size_t *size) { *size = 64; return 0; }
int store_clear(int id) { if (id < 0) return -EINVAL; sizes[id] = 0; return 0; }
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such call, for the first variable that is read."""
    failing = {symbol: (f, found) for symbol, f in called(codebase.program).items() if (found := _failures(f))}
    for code in reviewed(codebase) if failing else ():
        for symbol, call in foreign_calls(code):
            if symbol not in failing or not dropped(code, call):
                continue
            function, found = failing[symbol]
            filled = next((local for local in _filled(code, call, function) if _is_read(code, local, call)), None)
            if filled is not None:
                message = f"`{filled.name}` is read below, whether or not `{symbol}` succeeded"
                yield Hit(Span.of(code.path, call.at), message, labels(found, "fails here"))


def _failures(function: Foreign) -> list[Effect]:
    return [effect for effect in function.returns(EffectKind.NEGATIVE_ERRNO) if not effect.others]


def _filled(code: Code, call: Call, function: Foreign) -> Iterator[Local]:
    """The locals whose address is given where C writes."""
    for index, argument in enumerate(call.arguments):
        place = _lent(argument)
        root = root_of(code, place) if place is not None else None
        if root is not None and function.does(index, EffectKind.WRITES_THROUGH):
            yield root[0]


def _lent(argument: Node) -> Node | None:
    """The place whose address an argument is."""
    while isinstance(argument, Cast) or (isinstance(argument, MethodCall) and argument.name == "cast"):
        argument = argument.operand if isinstance(argument, Cast) else argument.receiver
    if isinstance(argument, Reference) and "mut" in argument.form:
        return argument.operand
    if isinstance(argument, MethodCall) and argument.name == "as_mut_ptr":
        return argument.receiver
    if isinstance(argument, Macro) and argument.name.endswith("addr_of_mut") and argument.arguments:
        return argument.arguments[0]
    return None


def _is_read(code: Code, local: Local, call: Call) -> bool:
    """Whether the next thing that is done with a local after a call is to read it."""
    end = code.span(call)[1]
    later = [use for use in uses(code, local) if code.rank(use) >= end]
    if not later:
        return False
    written = [write.node for write in writes(code, local)]
    return not any(code.holds(node, later[0]) for node in written) and not named(later[0], "drop")
