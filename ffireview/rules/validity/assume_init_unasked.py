"""A value is taken as filled although nobody asked whether C filled it

What: `assume_init()` on a `MaybeUninit` whose pointer went to a foreign function that returns a status, and the status
is dropped or never looked at.
Why: On an error C has written nothing, and the value is whatever was in memory: undefined behaviour on the one path
that tests seldom take.
Instead: `assume_init` in the branch where the status says that it worked.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Local, last_name, methods, origins, root_of, uses, writes
from ffireview.model.body import Block, Call, Let, Node
from ffireview.model.effects import EffectKind
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.crossing import Foreign, called
from ffireview.rules.reach import dropped, reviewed

PATTERN = "P52"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.LOW
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CKNONROBUST",)
CWE = ("CWE-252", "CWE-908")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
use std::mem::MaybeUninit;
#[repr(C)]
pub struct Stat { size: u64 }
extern "C" { fn store_stat(id: i32, stat: *mut Stat) -> i32; }
pub fn stat(id: i32) -> Stat {
    let mut stat = MaybeUninit::uninit();
    unsafe { store_stat(id, stat.as_mut_ptr()) };
    unsafe { stat.assume_init() }                               //~ assume-init-unasked
}
pub fn named(id: i32) -> Stat {
    let mut stat = MaybeUninit::<Stat>::uninit();
    unsafe {
        let _code = store_stat(id, stat.as_mut_ptr());
        stat.assume_init()                                      //~ assume-init-unasked
    }
}
-- c/store.h --
int store_stat(int id, struct stat *stat);
""",
)
GOOD = (
    """\
-- src/lib.rs --
use std::mem::MaybeUninit;
#[repr(C)]
pub struct Stat { size: u64 }
extern "C" {
    fn store_stat(id: i32, stat: *mut Stat) -> i32;
    fn store_init(stat: *mut Stat);
    fn store_same(id: i32, stat: *mut Stat) -> i32;
}
pub fn stat(id: i32) -> Result<Stat, i32> {
    let mut stat = MaybeUninit::uninit();
    let code = unsafe { store_stat(id, stat.as_mut_ptr()) };
    if code != 0 { return Err(code); }
    Ok(unsafe { stat.assume_init() })
}
pub fn cvt(id: i32) -> Result<Stat, i32> {
    let mut stat = MaybeUninit::uninit();
    check(unsafe { store_stat(id, stat.as_mut_ptr()) })?;
    Ok(unsafe { stat.assume_init() })
}
pub fn made() -> Stat {
    let mut stat = MaybeUninit::uninit();
    unsafe { store_init(stat.as_mut_ptr()) };
    unsafe { stat.assume_init() }
}
pub fn zeroed(id: i32) -> Stat {
    let mut stat = MaybeUninit::zeroed();
    unsafe { store_stat(id, stat.as_mut_ptr()) };
    unsafe { stat.assume_init() }
}
pub fn same(id: i32) -> Stat {
    let mut stat = MaybeUninit::uninit();
    unsafe { store_same(id, stat.as_mut_ptr()) };
    unsafe { stat.assume_init() }
}
-- c/store.c --
int store_stat(int id, struct stat *stat);
void store_init(struct stat *stat);
int store_same(int id, struct stat *stat) { stat->size = 1; return 0; }
""",
)

_STATUS = re.compile(
    r"i32|c_int|i64|isize|u32|c_long|NTSTATUS|HRESULT|BOOL|\w*(?:[Ss]tatus|[Rr]esult|[Ee]rror|_err|_code)\w*"
)
_NEVER_FAILS = frozenset({
    "clock_gettime", "gettimeofday", "uname", "getrusage", "sysinfo", "sigemptyset", "sigfillset", "times", "tcgetattr",
    "pthread_attr_init", "pthread_mutexattr_init", "sched_getaffinity", "localtime_r",
})  # fmt: skip
"""Functions of libc whose failure would be a fault of the arguments, which are constants."""


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each value; with low confidence where it is not known that C may fail."""
    functions = called(codebase.program)
    for code in reviewed(codebase):
        for made in methods(code, "assume_init"):
            root = root_of(code, made.receiver)
            if root is None or not any(last_name(one.name) == "uninit" for one in origins(code, made.receiver)):
                continue
            for call in _filling(code, root[0], made):
                symbol = code.foreign(call)
                if symbol not in functions or not _may_fail(symbol, functions[symbol]):
                    continue
                if dropped(code, call) or _is_unread(code, call, made):
                    known = functions[symbol].returns(EffectKind.NEGATIVE_ERRNO, EffectKind.SENTINEL)
                    label = Label(Span.of(code.path, call.at), "status dropped here")
                    message = f"`{symbol}` may have failed and written nothing"
                    yield Hit(Span.of(code.path, made.at), message, (label,), Confidence.HIGH if known else None)
                    break


def _filling(code: Code, local: Local, made: Node) -> Iterator[Call]:
    """The calls that get a pointer to a local before its value is taken."""
    for write in writes(code, local):
        if code.rank(write.node) < code.rank(made):
            yield from (outer for outer in code.ancestors(write.node) if isinstance(outer, Call))


def _may_fail(symbol: str, function: Foreign) -> bool:
    if symbol in _NEVER_FAILS:
        return False
    if function.known and not function.returns(EffectKind.NEGATIVE_ERRNO, EffectKind.SENTINEL):
        return False
    told = [last_name(anchor.signature.returns) for anchor in function.imports if anchor.signature]
    return bool(told) and all(_STATUS.fullmatch(written) for written in told)


def _is_unread(code: Code, call: Call, made: Node) -> bool:
    """Whether the status has a name that nothing says before the value is taken."""
    for outer in code.ancestors(call):
        if isinstance(outer, Let) and len(outer.pattern.bindings) == 1:
            local = Local(outer.pattern.bindings[0].name, outer.pattern.bindings[0], outer)
            return not any(code.rank(use) < code.rank(made) for use in uses(code, local))
        if not isinstance(outer, Block):
            return False
    return False
