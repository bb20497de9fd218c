"""An error is told by one kind of pointer and asked for by another

What: The result of a C function that returns `ERR_PTR(..)` is tested for null, or one that returns NULL goes to
`from_err_ptr`; the function never returns the other kind.
Why: The test never fires. An error number dressed as a pointer, or null, is then used as an address.
Instead: `from_err_ptr` for `ERR_PTR`, a test for null for NULL; both where C returns both.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Source, callee, calls, last_name, methods, origins
from ffireview.model.body import Call, Node
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import Foreign, called, labels
from ffireview.rules.reach import reviewed

PATTERN = "P46"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CK-PTR-VALID",)
CWE = ("CWE-253", "CWE-476")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    fn clock_get(id: u32) -> *mut Clock;
    fn clock_find(id: u32) -> *mut Clock;
}
pub fn get(id: u32) -> Option<*mut Clock> {
    let found = unsafe { clock_get(id) };
    if found.is_null() {                                            //~ error-pointer-mistaken
        return None;
    }
    Some(found)
}
pub fn find(id: u32) -> Result<*mut Clock> {
    from_err_ptr(unsafe { clock_find(id) })                         //~ error-pointer-mistaken
}
-- c/clock.c --
struct clock *clock_get(unsigned id)
{
    if (id > 7)
        return ERR_PTR(-EINVAL);
    return &clocks[id];
}
struct clock *clock_find(unsigned id)
{
    if (id > 7)
        return NULL;
    return &clocks[id];
}
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn clock_get(id: u32) -> *mut Clock;
    fn clock_find(id: u32) -> *mut Clock;
    fn clock_both(id: u32) -> *mut Clock;
    fn clock_far(id: u32) -> *mut Clock;
}
pub fn get(id: u32) -> Result<*mut Clock> {
    from_err_ptr(unsafe { clock_get(id) })
}
pub fn find(id: u32) -> Option<*mut Clock> {
    let found = unsafe { clock_find(id) };
    if found.is_null() { None } else { Some(found) }
}
pub fn both(id: u32) -> Result<*mut Clock> {
    let found = from_err_ptr(unsafe { clock_both(id) })?;
    if found.is_null() { Err(ENOENT) } else { Ok(found) }
}
pub fn far(id: u32) -> Result<*mut Clock> {
    from_err_ptr(unsafe { clock_far(id) })
}
-- c/clock.c --
struct clock *clock_get(unsigned id) { if (id > 7) return ERR_PTR(-EINVAL); return &clocks[id]; }
struct clock *clock_find(unsigned id) { if (id > 7) return NULL; return &clocks[id]; }
struct clock *clock_both(unsigned id)
{
    if (id > 7)
        return ERR_PTR(-EINVAL);
    if (!ready)
        return NULL;
    return &clocks[id];
}
struct clock *clock_far(unsigned id) { return far_away(id); }
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each test that never fires."""
    functions = called(codebase.program)
    errors = {symbol for symbol, function in functions.items() if function.returns(EffectKind.ERROR_POINTER)}
    nulls = {symbol for symbol, function in functions.items() if function.null}
    for code in reviewed(codebase) if errors | nulls else ():
        for asked, at in _asked_for_null(code):
            for symbol, made in _results(code, asked):
                if symbol in errors and symbol not in nulls and not _is_asked_otherwise(code, made):
                    told = functions[symbol].returns(EffectKind.ERROR_POINTER)
                    message = f"`{symbol}` reports errors as `ERR_PTR`, which is not null"
                    yield Hit(Span.of(code.path, at.at), message, labels(told, "an error pointer"))
        for call in calls(code, "from_err_ptr", "from_kernel_err_ptr"):
            for symbol, _ in _results(code, call.arguments[0]) if call.arguments else ():
                if symbol in nulls and symbol not in errors and _is_whole(functions[symbol]):
                    message = f"`{symbol}` reports errors as NULL, never as `ERR_PTR`"
                    yield Hit(Span.of(code.path, call.at), message, labels(functions[symbol].null, "returns NULL"))


def _asked_for_null(code: Code) -> Iterator[tuple[Node, Node]]:
    for method in methods(code, "is_null"):
        yield method.receiver, method
    for call in calls(code, "NonNull::new"):
        if call.arguments:
            yield call.arguments[0], call


def _is_asked_otherwise(code: Code, made: Node) -> bool:
    """Whether the result is also given to a function that knows error pointers."""
    asked = [call for call in code.of(Call) if "err" in last_name(callee(call)).lower()]
    return any(one.node is made for call in asked for argument in call.arguments for one in origins(code, argument))


def _results(code: Code, value: Node) -> Iterator[tuple[str, Node]]:
    """The foreign functions whose very result a value is, as nothing has tested it yet."""
    for one in origins(code, value):
        if one.source is Source.FOREIGN and not one.path and all(s.startswith("as ") for s in one.steps):
            yield one.name, one.node


def _is_whole(function: Foreign) -> bool:
    """Whether all that the function returns is seen: it hands on no other function's result."""
    return not any(effect.name for effect in function.returns(EffectKind.MAY_RETURN_NULL))
