"""What several rules ask of a type as written: may it be zero, how is it aligned, are there bytes that nobody writes.

Told from the type's text and the definitions of the program. None, or empty, where it is not known.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.flow import Codebase, split_arguments
from ffireview.model.facts import TypeFact, TypeKind

DEPTH = 5
"""Fields of fields are looked at this far."""
_NEVER_ZERO = re.compile(
    r"^(?:&|(?:\w+::)*(?:NonNull|Box|Rc|Arc|Vec|NonZero)\s*<|(?:\w+::)*(?:String|CString|NonZero[UI]\w+)$"
    r"|(?:for\s*<[^>]*>\s*)?(?:unsafe\s+)?(?:extern\s*(?:\"[^\"]*\"\s*)?)?fn\s*\()"
)
_AROUND = re.compile(r"^(?:\w+::)*(?:ManuallyDrop|Cell|UnsafeCell|RefCell|Wrapping|Pin)\s*<(.*)>$", re.DOTALL)
_ARRAY = re.compile(r"^\[(.*);([^;\]]*)\]$", re.DOTALL)
_COUNT = re.compile(r"\s*\d{1,12}\s*", re.ASCII)
_NUMBER = re.compile(r"(?:\w+::)*(?:[ui](8|16|32|64|128)|f(32|64))")
_C_NUMBERS = {
    "c_char": 1, "c_schar": 1, "c_uchar": 1, "c_short": 2, "c_ushort": 2, "c_int": 4, "c_uint": 4, "c_float": 4,
    "c_longlong": 8, "c_ulonglong": 8, "c_double": 8, "usize": 8, "isize": 8, "size_t": 8, "ssize_t": 8, "bool": 1,
    "c_long": 8, "c_ulong": 8, "char": 4, "uint8_t": 1, "uint16_t": 2, "uint32_t": 4, "uint64_t": 8,
}  # fmt: skip
_POINTER = re.compile(r"^(?:\*\s*(?:const|mut)\b|&|(?:\w+::)*(?:NonNull|Option\s*<\s*(?:unsafe\s+)?extern)\b)")


class Extent(NamedTuple):
    """Size and alignment in bytes, for a platform of 64 bits."""

    size: int
    align: int


def never_zero(codebase: Codebase, written: str, crate: str, depth: int = 0) -> str:
    """The part of a type that no value of zeroes may have, as written: the type itself, or a field's type."""
    written = written.strip()
    if depth > DEPTH:
        return ""
    if found := _AROUND.match(written):
        return never_zero(codebase, found[1], crate, depth + 1)
    if found := _ARRAY.match(written):
        return never_zero(codebase, found[1], crate, depth + 1) if found[2].strip() != "0" else ""
    if _NEVER_ZERO.match(written):
        return written
    facts = codebase.meant(written, crate)
    if len(facts) != 1:
        return ""
    fact = facts[0]
    if fact.kind is TypeKind.ENUM:
        return fact.name if _has_no_zero(fact) else ""
    if fact.kind is not TypeKind.STRUCT:
        return ""
    parts = (never_zero(codebase, field.type, crate, depth + 1) for field in fact.fields if not field.cfg)
    return next((part for part in parts if part), "")


def _has_no_zero(fact: TypeFact) -> bool:
    """Whether every variant has a number that is written, and none is 0."""
    numbers = [text.strip() for _, text in fact.values]
    return bool(numbers) and all(re.fullmatch(r"[1-9][\d_]*(?:[ui]\d+|[ui]size)?", number) for number in numbers)


def extent(codebase: Codebase, written: str, crate: str, depth: int = 0) -> Extent | None:
    """Size and alignment of a number, a pointer, an array of these, or a `repr(C)` struct of these."""
    written = written.strip()
    if depth > DEPTH:
        return None
    if found := _NUMBER.fullmatch(written):
        size = int(found[1] or found[2]) // 8
        return Extent(size, size)
    if size := _C_NUMBERS.get(written.rpartition("::")[2], 0):
        return Extent(size, size)
    if _POINTER.match(written):
        return Extent(8, 8)
    if found := _ARRAY.match(written):
        one = extent(codebase, found[1], crate, depth + 1)
        return Extent(one.size * int(found[2]), one.align) if one and _COUNT.fullmatch(found[2]) else None
    facts = codebase.meant(written, crate)
    if len(facts) != 1 or facts[0].kind is not TypeKind.STRUCT or facts[0].repr not in (("C",), ("transparent",)):
        return None
    parts = [extent(codebase, field.type, crate, depth + 1) for field in facts[0].fields]
    known = [part for part in parts if part is not None]
    if not parts or len(known) < len(parts) or any(field.cfg for field in facts[0].fields):
        return None
    *_, end = _offsets(known)
    align = max(part.align for part in known)
    return Extent(-(-end // align) * align, align)


def alignment(codebase: Codebase, written: str, crate: str) -> int:
    """The least that is known of a type's alignment: for a struct, that of its best known field."""
    if found := extent(codebase, written, crate):
        return found.align
    facts = codebase.meant(written, crate)
    if len(facts) != 1 or facts[0].kind is not TypeKind.STRUCT or any("packed" in text for text in facts[0].repr):
        return 1
    parts = (extent(codebase, field.type, crate, 1) for field in facts[0].fields if not field.cfg)
    return max((part.align for part in parts if part is not None), default=1)


def padding(codebase: Codebase, written: str, crate: str, depth: int = 0) -> str:
    """Where a `repr(C)` struct has bytes that no field holds: behind which field; empty where there are none."""
    facts = codebase.meant(written, crate) if depth < DEPTH else []
    whole = extent(codebase, written, crate)
    if whole is None or len(facts) != 1 or not facts[0].fields:
        return ""
    fields = facts[0].fields
    known = [part for field in fields if (part := extent(codebase, field.type, crate, 1)) is not None]
    if len(known) < len(fields):
        return ""
    at = 0
    for index, (field, part, start) in enumerate(zip(fields, known, _offsets(known), strict=False)):
        if start > at:
            return f"behind `{fields[index - 1].name}`"
        if inner := padding(codebase, field.type, crate, depth + 1):
            return f"{inner} of `{field.name}`"
        at = start + part.size
    return f"behind `{fields[-1].name}`" if whole.size > at else ""


def _offsets(parts: list[Extent]) -> Iterator[int]:
    """Where each field of a `repr(C)` struct starts, and last where the last one ends."""
    at = 0
    for part in parts:
        at = -(-at // part.align) * part.align
        yield at
        at += part.size
    yield at


def generic_argument(written: str) -> str:
    """The one argument between angle brackets: `u8` of `MaybeUninit::<u8>::uninit`."""
    inner = written.partition("<")[2].rpartition(">")[0]
    found = split_arguments(inner)
    return found[0] if len(found) == 1 else ""
