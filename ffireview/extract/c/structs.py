"""The fields of a C struct, as written; function pointers with their signature."""

import re
from collections.abc import Iterator

from ffireview.extract.c.declarators import parameter
from ffireview.extract.c.text import CText
from ffireview.model.facts import Declaration, Entity, Role, Signature
from ffireview.syntax.brackets import split

_POINTER = re.compile(r"^(.*?)\(\s*\*+\s*(?:const\s+)?(\w+)\s*\)\s*\((.*)\)[^()]*$", re.DOTALL)


def struct_fields(text: CText, opening: int, name: bytes) -> Iterator[Declaration]:
    """Every field of the struct whose body opens at the offset."""
    if text.code[opening : opening + 1] != b"{":
        return
    close = text.partner.get(opening, -1)
    start = opening + 1
    for i in _ends(text.code, opening + 1, close):
        written = text.read(start, i)
        lead = start + len(text.code[start:i]) - len(text.code[start:i].lstrip())
        if written:
            yield _field(text, lead, i, written, name.decode())
        start = i + 1


def _ends(code: bytes, start: int, end: int) -> Iterator[int]:
    depth = 0
    for i in range(start, end):
        if code[i] in b"({[":
            depth += 1
        elif code[i] in b")}]":
            depth -= 1
        elif code[i] == ord(";") and not depth:
            yield i


def _field(text: CText, start: int, end: int, written: str, struct: str) -> Declaration:
    pointer = _POINTER.match(written)
    signature = None
    if pointer:
        parts = split(pointer[3])
        variadic = bool(parts) and parts[-1] == "..."
        shapes = tuple(parameter(part) for part in parts if part not in ("void", "..."))
        signature = Signature(shapes, pointer[1].strip(), variadic)
        name, shape = pointer[2], written
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
