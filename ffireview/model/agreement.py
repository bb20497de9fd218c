"""How far two declarations of one symbol agree."""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.place import Span


class Grade(StrEnum):
    """What a difference does, mildest first."""

    AGREES = "agrees"
    TOLERABLE = "tolerable"
    """Another spelling of what the calling convention treats alike."""
    UNKNOWN = "unknown"
    MAY_BREAK = "may-break"
    """Wrong on some platforms, for some values, or once the C side writes."""
    BREAKS = "breaks"
    """The call reads or writes what the other side did not give."""


class Kind(StrEnum):
    """What differs."""

    ARITY = "arity"
    VOID = "void-vs-value"
    WIDTH = "width"
    SIGN = "sign"
    FLOAT = "float-vs-int"
    POINTER_DEPTH = "pointer-depth"
    BY_VALUE = "by-value-vs-pointer"
    INT_POINTER = "int-vs-pointer"
    CONST = "const"
    BOOL = "bool-vs-int"
    ENUM = "enum-vs-int"
    FN_POINTER = "fn-pointer"
    VARIADIC = "variadic"
    ABI = "abi"
    POINTEE = "pointee"
    LAYOUT = "layout"
    RUST_TYPE = "rust-type"
    MUTABILITY = "mutability"


class Difference(Struct, frozen=True):
    """One difference: where, what, both sides as written, what it does, and under which data models."""

    where: str
    kind: Kind
    grade: Grade
    rust: str
    foreign: str
    effect: str
    models: tuple[str, ...]
    """Data models in which it is so; all of them when it holds everywhere."""


class Agreement(Struct, frozen=True):
    """A Rust declaration beside one declaration of the other side."""

    rust: Span
    foreign: Span
    grade: Grade
    differences: tuple[Difference, ...]
    unknown: tuple[str, ...]
    """What could not be judged, with the reason."""


class TypeAgreement(Struct, frozen=True):
    """A Rust type with a C layout beside the C type of its name."""

    name: str
    kind: str
    agreement: Agreement
