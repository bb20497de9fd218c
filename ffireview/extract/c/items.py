"""The items of a C or C++ file, for comparing two versions of it. In: bytes. Out: items."""

import hashlib
import re
from collections.abc import Iterator

from ffireview.extract.c import Kind, Wanted, extract_c
from ffireview.extract.c.scan import heads
from ffireview.extract.c.text import CText
from ffireview.extract.c.typedefs import read_type, type_places
from ffireview.model.facts import Declaration, Entity, Role, TypeFact, TypeKind
from ffireview.model.items import Item, ItemField, ItemKind, Touch
from ffireview.model.place import Range
from ffireview.syntax.positions import Offsets

_TOKEN = re.compile(rb"\w+|[^\w\s]")
_MACRO = re.compile(rb"^[ \t]*#[ \t]*define[ \t]+(\w+)(\([^)\n]*\))?((?:[^\n\\]|\\.)*)", re.MULTILINE | re.DOTALL)
_GLOBAL = re.compile(rb"\n([A-Za-z_]\w*(?:[ \t*]+\w+)*?[ \t*]+(\w+)[ \t]*(?:\[[^\]\n]*\][ \t]*)*)(=[^;]*)?;")
_ENTITIES = (Entity.FUNCTION, Entity.METHOD)
_ROLES = (Role.DEFINITION, Role.PROTOTYPE)
_CALL = re.compile(rb"([A-Za-z_]\w*)\s*\(")
_NOT_CALLED = frozenset({b"if", b"while", b"for", b"switch", b"return", b"sizeof", b"defined", b"typeof", b"alignof"})
_NOT_A_TYPE = (b"return", b"goto", b"typedef", b"else", b"case", b"using", b"namespace", b"template")
_KINDS = {TypeKind.STRUCT: ItemKind.STRUCT, TypeKind.UNION: ItemKind.UNION, TypeKind.ENUM: ItemKind.ENUM,
          TypeKind.ALIAS: ItemKind.TYPEDEF}  # fmt: skip


def items_of_c(source: bytes, kind: Kind) -> tuple[Item, ...]:
    """Functions, prototypes, types, enumerators, macros and globals of the file, in order."""
    text = CText(source)
    offsets = Offsets(source)
    found = [*_functions(text, offsets, kind), *_types(text, offsets), *_macros(text), *_globals(text)]
    return tuple(sorted(found, key=lambda item: (item.at, item.kind, item.name)))


def _functions(text: CText, offsets: Offsets, kind: Kind) -> Iterator[Item]:
    facts = extract_c(text.source, Wanted(declared=heads(text.source)), kind)
    for declaration in facts.declarations if facts else ():
        if declaration.entity in (Entity.FUNCTION, Entity.METHOD) and declaration.role in (
            Role.DEFINITION,
            Role.PROTOTYPE,
        ):
            yield _function(text, offsets, declaration)


def _function(text: CText, offsets: Offsets, declaration: Declaration) -> Item:
    low, high = offsets.of(declaration.at)
    opening = text.code.find(b"{", low, high) if declaration.role is Role.DEFINITION else -1
    cut = opening if opening >= 0 else high
    calls = () if opening < 0 else tuple(_calls(text, opening, high))
    return Item(
        kind=ItemKind.FUNCTION if declaration.role is Role.DEFINITION else ItemKind.PROTOTYPE,
        name=declaration.name,
        owner="::".join(declaration.module),
        at=declaration.at,
        head=_hash(text.masked[low:cut].rstrip(b"; \t\r\n")),
        body=_hash(_plain(text, opening, high)) if opening >= 0 else "",
        signature=declaration.signature,
        calls=calls,
    )


def _calls(text: CText, low: int, high: int) -> Iterator[Touch]:
    for found in _CALL.finditer(text.code, low, high):
        if found[1] not in _NOT_CALLED:
            yield Touch(found[1].decode("utf-8", "replace"), _at(text, found.start(1), found.end(1)), "call")


def _types(text: CText, offsets: Offsets) -> Iterator[Item]:
    for place in type_places(text.source):
        fact = read_type(text, place)
        if fact is None or fact.kind not in _KINDS or fact.opaque:
            continue
        low, high = offsets.of(fact.at)
        yield Item(
            kind=_KINDS[fact.kind],
            name=fact.name,
            owner="",
            at=fact.at,
            head=_hash(" ".join(fact.repr).encode()),
            body=_hash(_plain(text, low, high)),
            fields=tuple(ItemField(f.name, f.type if f.bits < 0 else f"{f.type} : {f.bits}") for f in fact.fields),
            values=fact.values,
            signature=fact.signature,
        )
        yield from _enumerators(fact)


def _enumerators(fact: TypeFact) -> Iterator[Item]:
    """Each enumerator with all that decides its value: what is written there, and how far the last written one is."""
    base, steps = "", 0
    for name, value in fact.values if fact.kind is TypeKind.ENUM else ():
        base, steps = (value, 0) if value else (base, steps + 1)
        decides = _hash(f"{base}+{steps}".encode())
        yield Item(ItemKind.ENUMERATOR, name, fact.name, fact.at, head="", body=decides)


def _macros(text: CText) -> Iterator[Item]:
    for found in _MACRO.finditer(text.masked):
        body = text.source[found.start(3) : found.end(3)].replace(b"\\\n", b" ").replace(b"\\\r\n", b" ")
        if not text.masked[found.start(3) : found.end(3)].strip():
            body = b""
        yield Item(
            kind=ItemKind.MACRO,
            name=found[1].decode("utf-8", "replace"),
            owner="",
            at=_at(text, found.start(), found.end()),
            head=_hash(found[2] or b""),
            body=_hash(body),
        )


def _globals(text: CText) -> Iterator[Item]:
    """Variables at file level that start a line."""
    code = b"\n" + text.code
    for found in _GLOBAL.finditer(code):
        if found[1].split(maxsplit=1)[0] in _NOT_A_TYPE or found[2].isdigit():
            continue
        yield Item(
            kind=ItemKind.VARIABLE,
            name=found[2].decode("utf-8", "replace"),
            owner="",
            at=_at(text, found.start(1) - 1, found.end() - 1),
            head=_hash(found[1]),
            body=_hash(text.source[found.start(3) - 1 : found.end(3) - 1] if found[3] else b""),
        )


def _plain(text: CText, low: int, high: int) -> bytes:
    """Source without comments: strings count."""
    plain = bytearray(text.source[low:high])
    for comment in text.comments:
        start, end = max(comment.start, low), min(comment.end, high)
        if start < end:
            plain[start - low : end - low] = b" " * (end - start)
    return bytes(plain)


def _at(text: CText, low: int, high: int) -> Range:
    return text.positions.range(low, high)


def _hash(code: bytes) -> str:
    return hashlib.blake2b(b" ".join(_TOKEN.findall(code)), digest_size=8).hexdigest()
