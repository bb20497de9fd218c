"""The common form of a C and a Rust type: what the calling convention and the pointee see."""

from __future__ import annotations

from typing import NamedTuple


class Int(NamedTuple):
    """An integer. `plain` marks C's `char`, whose sign the platform chooses."""

    bits: int
    signed: bool
    plain: bool = False


class Float(NamedTuple):
    """A floating-point number."""

    bits: int


class Bool(NamedTuple):
    """`_Bool`, `bool`."""


class Char(NamedTuple):
    """Rust's `char`: 32 bits, not every value valid."""


class Void(NamedTuple):
    """`void`, `()`, `!`."""


class Pointer(NamedTuple):
    """A pointer. `reference` for Rust's `&`, `&mut`, `Box` and `NonNull`: never null."""

    to: Shape
    const: bool
    reference: bool = False


class Function(NamedTuple):
    """A pointer to a function."""

    parameters: tuple[Shape, ...]
    returns: Shape
    variadic: bool
    abi: str
    nullable: bool


class Array(NamedTuple):
    """An array inside a struct or behind a pointer; `length` is the text between the brackets."""

    of: Shape
    length: str


class Record(NamedTuple):
    """A struct or union, by name. `wraps` is its only field, a pointer or number, as which it travels by value."""

    name: str
    kind: str
    wraps: Pointer | Function | Int | Enum | None = None


class Enum(NamedTuple):
    """An enumeration, by name, with the integer it is passed as. `closed` for Rust's: other values are invalid."""

    name: str
    bits: int
    signed: bool
    closed: bool


class VaList(NamedTuple):
    """`va_list`."""


class Fat(NamedTuple):
    """A Rust type that C has no form for: a slice, a string, a trait object, an owned collection."""

    text: str
    unsized: bool = False
    """Whether a pointer to it is wide; else one is a pointer like any other, to what C cannot look into."""


class Unknown(NamedTuple):
    """A type that the snapshot does not tell, with the reason."""

    name: str
    reason: str


Shape = Int | Float | Bool | Char | Void | Pointer | Function | Array | Record | Enum | VaList | Fat | Unknown


class DataModel(NamedTuple):
    """Widths, in bits, that platforms choose."""

    name: str
    long: int
    pointer: int
    wchar: Int
    long_double: int


LP64 = DataModel("LP64", 64, 64, Int(32, True), 128)
LLP64 = DataModel("LLP64", 32, 64, Int(16, False), 64)
ILP32 = DataModel("ILP32", 32, 32, Int(32, True), 96)
MODELS = (LP64, LLP64, ILP32)
"""64-bit Unix; 64-bit Windows; 32-bit. Sources: the System V x86-64 and i386 ABIs, the Windows x64 ABI."""
