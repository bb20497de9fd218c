"""Two shapes in, their difference out: what the calling convention makes of it."""

from typing import NamedTuple

from ffireview.link.types.shapes import (
    Array,
    Bool,
    Char,
    Enum,
    Fat,
    Float,
    Function,
    Int,
    Pointer,
    Record,
    Shape,
    Unknown,
    VaList,
    Void,
)  # fmt: skip
from ffireview.model.agreement import Grade, Kind

POINTEE_DEPTH = 4
"""Pointers are followed this far."""


_POINTER_BITS = 32
"""An integer with fewer bits holds no pointer on any platform looked at."""


class Found(NamedTuple):
    """A difference between two shapes, or what could not be told (kind None, grade unknown)."""

    kind: Kind | None
    grade: Grade
    effect: str


def compare(
    rust: Shape, foreign: Shape, *, result: bool = False, depth: int = 0, rust_reads: bool = False
) -> Found | None:
    """The worst difference between a Rust and a C type that meet by value; None when they agree. `rust_reads` when C
    gives the value: whoever reads more than was given reads garbage, whoever reads less loses bits."""
    for shape in (rust, foreign):
        if isinstance(shape, Unknown):
            return Found(None, Grade.UNKNOWN, f"{shape.name}: {shape.reason}" if shape.name else shape.reason)
    if isinstance(rust, Record) and rust.wraps is not None and _travels_as(rust.wraps, foreign):
        rust = rust.wraps
    if isinstance(rust, Fat):
        return Found(Kind.RUST_TYPE, Grade.BREAKS, f"{rust.text} has no C form")
    if isinstance(rust, Void) or isinstance(foreign, Void):
        return _void(rust, foreign, result=result, rust_reads=rust_reads)
    if isinstance(rust, Function) or isinstance(foreign, Function):
        return _functions(rust, foreign, depth)
    if isinstance(rust, Pointer) or isinstance(foreign, Pointer):
        return _pointers(rust, foreign, depth, rust_reads=rust_reads)
    if isinstance(rust, VaList) or isinstance(foreign, VaList):
        same = isinstance(rust, VaList) and isinstance(foreign, VaList)
        return None if same else Found(Kind.VARIADIC, Grade.BREAKS, "va_list meets another type")
    if isinstance(rust, Record | Array) or isinstance(foreign, Record | Array):
        return _records(rust, foreign)
    return _scalars(rust, foreign, result=result, rust_reads=rust_reads)


def _travels_as(only: Shape, foreign: Shape) -> bool:
    """Whether a record of one field may be compared by that field: a pointer always, a number against a number."""
    if isinstance(foreign, Record):
        return False
    return isinstance(only, Pointer | Function) or not isinstance(foreign, Pointer | Function)


def _void(rust: Shape, foreign: Shape, *, result: bool, rust_reads: bool) -> Found | None:
    if isinstance(rust, Void) and isinstance(foreign, Void):
        return None
    if not result:
        return Found(Kind.BY_VALUE, Grade.BREAKS, "void meets a value")
    if isinstance(foreign, Void):
        if rust_reads:
            return Found(Kind.VOID, Grade.BREAKS, "Rust reads a result that C does not give")
        return Found(Kind.VOID, Grade.TOLERABLE, "C ignores the result")
    if not rust_reads:
        return Found(Kind.VOID, Grade.BREAKS, "C reads a result that Rust does not give")
    if isinstance(foreign, Record):
        return Found(Kind.VOID, Grade.MAY_BREAK, "a large result is written through a pointer that Rust does not pass")
    return Found(Kind.VOID, Grade.TOLERABLE, "Rust ignores the result")


def _functions(rust: Shape, foreign: Shape, depth: int) -> Found | None:
    if isinstance(rust, Function) and isinstance(foreign, Function):
        if depth >= POINTEE_DEPTH:
            return None
        if rust.abi == "Rust":
            return Found(Kind.FN_POINTER, Grade.BREAKS, "function pointer with Rust's own calling convention")
        if foreign.parameters == () and isinstance(foreign.returns, Void) and rust.parameters:
            return Found(Kind.FN_POINTER, Grade.TOLERABLE, "void (*)(void) stands for any function")
        worst = worst_of(signature_differences(rust, foreign, depth + 1, rust_calls=False))
        if worst is None or worst.kind is None:
            return worst
        return Found(Kind.FN_POINTER, worst.grade, f"function type: {worst.effect}")
    other = foreign if isinstance(rust, Function) else rust
    if isinstance(other, Pointer):
        if isinstance(other.to, Void | Record | Unknown):
            return Found(Kind.FN_POINTER, Grade.TOLERABLE, "function pointer meets an untyped pointer")
        return Found(Kind.FN_POINTER, Grade.MAY_BREAK, "function pointer meets a data pointer")
    return Found(Kind.FN_POINTER, Grade.BREAKS, "function pointer meets a value")


def signature_differences(
    rust: Function, foreign: Function, depth: int = 0, *, rust_calls: bool = True
) -> list[tuple[str, Found]]:
    """Every difference of two functions, each with where it is: `arity`, `result`, `parameter 2`."""
    found: list[tuple[str, Found]] = []
    if len(rust.parameters) != len(foreign.parameters) and not (rust.variadic or foreign.variadic):
        if isinstance(foreign.returns, Record | Unknown) and len(rust.parameters) == len(foreign.parameters) + 1:
            return [
                ("arity", Found(None, Grade.UNKNOWN, "a C++ object may come back through a hidden first parameter"))
            ]
        found.append(("arity", _arity(len(rust.parameters), len(foreign.parameters), rust_calls=rust_calls)))
    if rust.variadic != foreign.variadic:
        found.append(("variadic", _variadic(rust, foreign)))
    for index, (ours, theirs) in enumerate(zip(rust.parameters, foreign.parameters, strict=False), 1):
        if difference := compare(ours, theirs, depth=depth, rust_reads=not rust_calls):
            found.append((f"parameter {index}", difference))
    if difference := compare(rust.returns, foreign.returns, result=True, depth=depth, rust_reads=rust_calls):
        found.append(("result", difference))
    return found


def worst_of(found: list[tuple[str, Found]]) -> Found | None:
    """The gravest difference, with its place in the words."""
    if not found:
        return None
    order = list(Grade)
    where, worst = max(found, key=lambda row: order.index(row[1].grade))
    return worst._replace(effect=f"{where}: {worst.effect}")


def _arity(rust: int, foreign: int, *, rust_calls: bool) -> Found:
    """Too few arguments leave the callee with garbage; too many are lost where the caller cleans up."""
    effect = f"Rust has {rust} parameter{'s' * (rust != 1)}, C has {foreign}"
    given, taken = (rust, foreign) if rust_calls else (foreign, rust)
    return Found(Kind.ARITY, Grade.BREAKS if given < taken else Grade.MAY_BREAK, effect)


def _variadic(rust: Function, foreign: Function) -> Found:
    if rust.variadic and foreign.parameters and isinstance(foreign.parameters[-1], VaList):
        return Found(Kind.VARIADIC, Grade.BREAKS, "Rust passes variable arguments, C takes a va_list")
    if foreign.variadic:
        return Found(Kind.VARIADIC, Grade.MAY_BREAK, "C is variadic, Rust is not: other registers on some platforms")
    return Found(Kind.VARIADIC, Grade.MAY_BREAK, "Rust is variadic, C is not: other registers on some platforms")


def _pointers(rust: Shape, foreign: Shape, depth: int, *, rust_reads: bool) -> Found | None:
    if isinstance(rust, Pointer) and isinstance(foreign, Pointer):
        if depth >= POINTEE_DEPTH:
            return None
        return _pointees(rust, foreign, depth, rust_reads=rust_reads)
    pointer, other = (rust, foreign) if isinstance(rust, Pointer) else (foreign, rust)
    del pointer
    if isinstance(other, Int | Enum) and other.bits < _POINTER_BITS:
        return Found(Kind.INT_POINTER, Grade.BREAKS, f"a pointer meets {other.bits} bits")
    if isinstance(other, Int | Enum):
        return Found(
            Kind.INT_POINTER,
            Grade.MAY_BREAK,
            "an integer meets a pointer: the address survives, what it may reach does not",
        )
    if isinstance(other, Array):
        return Found(Kind.BY_VALUE, Grade.BREAKS, "an array by value meets a pointer")
    if isinstance(other, VaList):
        return Found(Kind.VARIADIC, Grade.TOLERABLE, "va_list as a pointer: so on some platforms only")
    return Found(Kind.BY_VALUE, Grade.BREAKS, "a value meets a pointer")


def _pointees(rust: Pointer, foreign: Pointer, depth: int, *, rust_reads: bool) -> Found | None:
    """What two pointers lead to, and whether who gets the pointer may write where who gives it says const."""
    inner = _pointee(rust.to, foreign.to, depth)
    if inner is not None and inner.grade in (Grade.BREAKS, Grade.MAY_BREAK):
        return inner
    if rust_reads:
        if foreign.const and not rust.const and rust.reference:
            return Found(Kind.CONST, Grade.MAY_BREAK, "Rust may write what C hands out as const")
        return inner
    if rust.const and not foreign.const:
        if rust.reference and not isinstance(foreign.to, Function):
            return Found(Kind.CONST, Grade.MAY_BREAK, "C may write through a pointer made from a shared reference")
        return Found(Kind.CONST, Grade.TOLERABLE, "Rust says const, C does not")
    return inner


def _pointee(rust: Shape, foreign: Shape, depth: int) -> Found | None:
    """What lies behind two pointers. Bytes and void fit everything; named records are told apart by name only when
    both are scalars or arrays."""
    if isinstance(rust, Record) and isinstance(rust.wraps, Pointer | Function) and isinstance(foreign, Pointer):
        return None
    if isinstance(rust, Void | Unknown | Record | Fat) or isinstance(foreign, Void | Unknown | Record | Fat):
        mixed = isinstance(rust, Pointer) or isinstance(foreign, Pointer)
        if mixed and not isinstance(rust, Void | Unknown | Fat) and not isinstance(foreign, Void | Unknown):
            return Found(Kind.POINTER_DEPTH, Grade.MAY_BREAK, "one side has a pointer more")
        return None
    if isinstance(rust, Pointer) != isinstance(foreign, Pointer):
        return Found(Kind.POINTER_DEPTH, Grade.MAY_BREAK, "one side has a pointer more")
    if isinstance(rust, Array):
        return _pointee(rust.of, foreign.of if isinstance(foreign, Array) else foreign, depth + 1)
    if isinstance(foreign, Array):
        return _pointee(rust, foreign.of, depth + 1)
    found = compare(rust, foreign, depth=depth + 1)
    if found is None or found.kind is None:
        return found
    if _bytes(rust) or _bytes(foreign):
        return Found(Kind.POINTEE, Grade.TOLERABLE, "bytes stand for another type")
    if found.kind in (Kind.WIDTH, Kind.FLOAT):
        return Found(Kind.POINTEE, Grade.MAY_BREAK, f"behind the pointer: {found.effect}")
    if found.kind is Kind.BOOL and not (_bytes(_integer(rust)) and _bytes(_integer(foreign))):
        return Found(Kind.POINTEE, Grade.MAY_BREAK, f"behind the pointer: {found.effect}")
    if found.kind in (Kind.SIGN, Kind.BOOL, Kind.ENUM):
        return Found(Kind.POINTEE, Grade.TOLERABLE, f"behind the pointer: {found.effect}")
    return found


def _bytes(shape: Shape) -> bool:
    return isinstance(shape, Int) and shape.bits == 8


def _records(rust: Shape, foreign: Shape) -> Found | None:
    if isinstance(rust, Record) and isinstance(foreign, Record):
        return None
    if isinstance(rust, Array) and isinstance(foreign, Array):
        return compare(rust.of, foreign.of)
    return Found(Kind.BY_VALUE, Grade.MAY_BREAK, "a record by value meets a scalar")


def _scalars(rust: Shape, foreign: Shape, *, result: bool, rust_reads: bool) -> Found | None:
    if isinstance(rust, Float) or isinstance(foreign, Float):
        if isinstance(rust, Float) and isinstance(foreign, Float):
            if rust.bits == foreign.bits:
                return None
            return Found(Kind.WIDTH, Grade.BREAKS, f"f{rust.bits} meets a float of {foreign.bits} bits")
        return Found(Kind.FLOAT, Grade.BREAKS, "a float meets an integer: other registers")
    if isinstance(rust, Bool) and isinstance(foreign, Bool):
        return None
    ours, theirs = _integer(rust), _integer(foreign)
    if isinstance(rust, Bool) or isinstance(foreign, Bool):
        return _booleans(rust, theirs if isinstance(rust, Bool) else ours, result=result, rust_reads=rust_reads)
    if ours.bits != theirs.bits:
        reader, given = (ours, theirs) if rust_reads else (theirs, ours)
        who = "Rust" if rust_reads else "C"
        if reader.bits > given.bits:
            return Found(Kind.WIDTH, Grade.BREAKS, f"{who} reads {reader.bits} bits, {given.bits} are given")
        return Found(Kind.WIDTH, Grade.MAY_BREAK, f"{who} reads {reader.bits} of {given.bits} bits")
    if isinstance(rust, Enum) and rust.closed and isinstance(foreign, Int) and result:
        return Found(Kind.ENUM, Grade.MAY_BREAK, f"C may give a value that {rust.name} does not have")
    if isinstance(rust, Enum) != isinstance(foreign, Enum):
        return None
    if isinstance(rust, Char):
        return Found(Kind.RUST_TYPE, Grade.MAY_BREAK, "not every 32-bit value is a char")
    if ours.signed != theirs.signed and not ours.plain and not theirs.plain and not isinstance(rust, Enum):
        grade = Grade.MAY_BREAK if ours.bits < 32 else Grade.TOLERABLE
        return Found(Kind.SIGN, grade, f"Rust is {_sign(ours)}, C is {_sign(theirs)}")
    return None


def _booleans(rust: Shape, other: Int, *, result: bool, rust_reads: bool) -> Found:
    ours = isinstance(rust, Bool)
    who = "Rust" if rust_reads else "C"
    reads_bool = ours == rust_reads
    if other.bits == 8:
        grade = Grade.MAY_BREAK if reads_bool and result else Grade.TOLERABLE
        return Found(Kind.BOOL, grade, "bool meets a byte: only 0 and 1 are valid")
    if reads_bool:
        return Found(Kind.BOOL, Grade.MAY_BREAK, f"{who} reads a bool from {other.bits} bits: only 0 and 1 are valid")
    return Found(Kind.BOOL, Grade.MAY_BREAK, f"{who} reads {other.bits} bits of a bool, whose first byte alone counts")


def _integer(shape: Shape) -> Int:
    if isinstance(shape, Int):
        return shape
    if isinstance(shape, Enum):
        return Int(shape.bits, shape.signed)
    return Int(32, False) if isinstance(shape, Char) else Int(8, False)


def _sign(shape: Int) -> str:
    return "signed" if shape.signed else "unsigned"
