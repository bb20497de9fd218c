"""What a C function does with its arguments, what it returns and what else it does: facts with places, no judgement.

A fact stands in one function as it is written; the code of other functions is seen only where `via` names them.
"""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.place import Range, Span


class EffectKind(StrEnum):
    """What is done. Parameters first, then the result, then the function as a whole."""

    WRITES_THROUGH = "writes-through"
    """Memory that the pointer names is written: assigned, or handed to a function that is known to write."""
    READS_THROUGH = "reads-through"
    DEREFERENCED_BEFORE_NULL_TEST = "dereferenced-before-null-test"
    """The first access through the pointer, where some path leads to it without a test against null."""
    NULL_TESTED = "null-tested"
    FREES = "frees"
    STORES = "stores"
    """The pointer is put where it outlives the call: in a global, a static, an object. `others` are the parameters
    whose object that is, or becomes part of; -1 stands for the result."""
    RETURNED = "returned"
    """The pointer, or one into the same object, is the result."""
    LENGTH_OF = "length-of"
    """The integer bounds the access through the pointers in `others`."""
    INDEX = "index"
    """The integer is used as index or offset, and no comparison of it stands before."""
    CALLED = "called"
    """The function pointer is called; `others` are the parameters that it is given."""
    FORMAT = "format"
    TERMINATED = "terminated"
    """The bytes are read up to a NUL."""
    PASSED_ON = "passed-on"
    """The argument becomes argument `argument` of the function `name`, of which nothing is known."""

    MAY_RETURN_NULL = "may-return-null"
    ERROR_POINTER = "error-pointer"
    """An error number dressed as a pointer: neither null nor valid."""
    NEGATIVE_ERRNO = "negative-errno"
    """A negative error number, or -1."""
    SENTINEL = "sentinel"
    """A named constant, or a literal that no ordinary result is."""
    RETURNS_ALLOCATED = "returns-allocated"
    RETURNS_BORROWED = "returns-borrowed"
    """A pointer into or out of a parameter's object, or to something global."""
    RETURNS_STATIC_BUFFER = "returns-static-buffer"
    ALWAYS_RETURNS_CONSTANT = "always-returns-constant"

    MAY_CALL_BACK = "may-call-back"
    """A function pointer is called: one of the parameters `others`, a field, a variable."""
    THROWS = "throws"
    LONGJMP = "longjmp"
    SETJMP = "setjmp"
    STARTS_THREAD = "starts-thread"
    TAKES_LOCK = "takes-lock"
    MAY_SLEEP = "may-sleep"
    ABORTS = "aborts"
    USES_GLOBAL_STATE = "uses-global-state"


class EffectFact(Struct, frozen=True, kw_only=True):
    """One fact of one function, as its own file shows it."""

    kind: EffectKind
    at: Range
    detail: str = ""
    """The code that does it, in one line and cut where it is long."""
    name: str = ""
    """The function, constant or lock that the fact is about: `free`, `-ENOMEM`, `malloc`."""
    argument: int = -1
    """Which argument of the function `name` the parameter becomes, from 0; -1 where none."""
    others: tuple[int, ...] = ()
    """Other parameters concerned, from 0; which ones, the kind says. Of a result: those that are null on the way."""
    tested: bool = False
    """Whether a test of the parameter against null stands before it on every path."""
    cfg: tuple[str, ...] = ()
    """The preprocessor conditions around it inside the function."""


class Handed(Struct, frozen=True):
    """A parameter that becomes an argument of a call, both from 0. `same`: as it is, not a pointer into its object."""

    argument: int
    parameter: int
    same: bool
    tested: bool


class CallFact(Struct, frozen=True, kw_only=True):
    """A call of a function by name whose effects no table tells."""

    name: str
    at: Range
    detail: str
    count: int
    handed: tuple[Handed, ...] = ()
    returned: bool = False
    """Whether its result is a result of the function around."""
    kept: bool = False
    """Whether its result is also put where others find it."""
    lasting: tuple[int, ...] = ()
    """Arguments that lead to what outlives the function around: globals, and what parameters lead to."""
    loaded: tuple[int, ...] = ()
    """Those of them that were read out of memory that a parameter leads to."""
    cfg: tuple[str, ...] = ()


class FunctionEffects(Struct, frozen=True, kw_only=True):
    """The facts of one definition; `at` is the range of its declaration in the same file's facts."""

    name: str
    at: Range
    names: tuple[str, ...]
    """The parameters' names."""
    parameters: tuple[tuple[EffectFact, ...], ...] = ()
    """For each parameter, its facts in the order of the code."""
    returns: tuple[EffectFact, ...] = ()
    control: tuple[EffectFact, ...] = ()
    calls: tuple[CallFact, ...] = ()
    internal: bool = False
    wraps: bool = False
    """Whether the body is one call and nothing else."""
    pointer: bool = False
    """Whether the result is a pointer."""
    pointers: tuple[bool, ...] = ()
    """Which parameters may be pointers."""
    cfg: tuple[str, ...] = ()
    """The preprocessor conditions around the definition."""


class Effect(Struct, frozen=True, kw_only=True):
    """One fact of a function that crosses, with its place. `via` names the functions between, outermost first."""

    kind: EffectKind
    span: Span
    detail: str
    name: str
    argument: int
    others: tuple[int, ...]
    tested: bool
    cfg: tuple[str, ...]
    via: tuple[str, ...]


class ParameterEffects(Struct, frozen=True):
    """What is done with one parameter; `index` from 0."""

    index: int
    name: str
    effects: tuple[Effect, ...]


class Effects(Struct, frozen=True):
    """The effects of one definition of a symbol that crosses. Parameters of which nothing is known are left out."""

    name: str
    span: Span
    """The definition, as in the crossing's `foreign`."""
    parameters: tuple[ParameterEffects, ...]
    returns: tuple[Effect, ...]
    control: tuple[Effect, ...]
