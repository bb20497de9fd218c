"""The fields of a C struct, as written; function pointers with their signature."""

import re
from collections.abc import Iterator

from ffireview.extract.c.declarators import parameter
from ffireview.extract.c.text import CText
from ffireview.model.facts import Declaration, Entity, Role, Signature
from ffireview.syntax.brackets import split

_FIRST = re.compile(r"^(.*?)[\s*]*\b\w+\s*(?:\[[^\]]*\]\s*)*(?::\s*\d+)?$", re.DOTALL)
_POINTER = re.compile(
    r"^(.*?)(?:\(\s*(?:\w+\s+)?\*+\s*(?:const\s+)?(\w+)\s*\)|\b[A-Z][A-Z0-9_]+\s*\(\s*(\w+)\s*\))"
    r"\s*\((.*)\)[^()]*$",
    re.DOTALL,
)
"""`int (*name)(int)`, and the same behind a macro: `int GIT_CALLBACK(name)(int)`."""


def struct_fields(text: CText, opening: int, name: bytes) -> Iterator[Declaration]:
    """Every field of the struct whose body opens at the offset."""
    if text.code[opening : opening + 1] != b"{":
        return
    close = text.partner.get(opening, -1)
    start = opening + 1
    for i in _ends(text.code, opening + 1, close):
        written = text.read(start, i)
        lead = start + len(text.code[start:i]) - len(text.code[start:i].lstrip())
        for part in _declarators(written):
            yield _field(text, lead, i, part, name.decode())
        start = i + 1


def function_type(text: CText, start: int, name: bytes) -> Iterator[Declaration]:
    """The function-pointer or function typedef that starts at the offset, when it declares the name."""
    end = text.code.find(b";", start)
    written = text.read(start, end).removeprefix("typedef").strip() if end >= 0 else ""
    pointer = _POINTER.match(written)
    plain = re.match(r"^(.*?)\b(\w+)\s*\((.*)\)$", written, re.DOTALL)
    found = (pointer[2] or pointer[3], pointer[1], pointer[4]) if pointer else plain and (plain[2], plain[1], plain[3])
    if not found or found[0].encode() != name:
        return
    yield Declaration(
        role=Role.FIELD,
        entity=Entity.TYPEDEF,
        name=found[0],
        symbol=found[0],
        at=text.at(start, end),
        signature=_signature(found[1], found[2]),
        type=written,
        cfg=text.conditions(start),
        how="typedef",
    )


def _signature(returns: str, parameters: str) -> Signature:
    parts = split(parameters)
    variadic = bool(parts) and parts[-1] == "..."
    return Signature(tuple(parameter(part) for part in parts if part not in ("void", "...")), returns.strip(), variadic)


def _ends(code: bytes, start: int, end: int) -> Iterator[int]:
    depth = 0
    for i in range(start, end):
        if code[i] in b"({[":
            depth += 1
        elif code[i] in b")}]":
            depth -= 1
        elif code[i] == ord(";") and not depth:
            yield i


def _declarators(written: str) -> list[str]:
    """Each field of a declaration that names several: `int a, *b, c[2]`."""
    parts = split(written, angles=False)
    first = _FIRST.match(parts[0]) if parts else None
    if len(parts) < 2 or first is None or "(" in written:
        return [written] if written else []
    return [parts[0], *(f"{first[1]} {part}" for part in parts[1:])]


def _field(text: CText, start: int, end: int, written: str, struct: str) -> Declaration:
    pointer = _POINTER.match(written)
    signature = None
    if pointer:
        signature = _signature(pointer[1], pointer[4])
        name, shape = pointer[2] or pointer[3], written
    else:
        read = parameter(written)
        name, shape = read.name, read.type
    return Declaration(
        role=Role.FIELD,
        entity=Entity.FUNCTION_POINTER if signature else Entity.TYPE,
        name=name,
        symbol=f"{struct}.{name}",
        at=text.at(start, end),
        signature=signature,
        type=shape,
        module=(struct,),
        cfg=text.conditions(start),
        how="field",
    )
