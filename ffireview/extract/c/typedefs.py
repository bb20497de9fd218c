"""Types of C and C++: where each name is defined in a file, and one definition read on demand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.extract.c.scan import holds, occurrences
from ffireview.extract.c.structs import function_type, struct_fields
from ffireview.extract.c.text import CText
from ffireview.model.facts import Field, TypeFact, TypeKind
from ffireview.syntax.brackets import enclosing, split

_BODY = re.compile(
    rb"\n[ \t]*+(?:typedef[ \t]+)?(struct|union|enum|class)[ \t]++(?:__\w+(?:\([^()]*\))*[ \t]+)?(\w++)"
    rb"\s*+(?:final\s*)?(?::[^{};()]*)?\{"
)
_SCOPED_ENUM = re.compile(rb"\n[ \t]*+enum[ \t]+(?:class|struct)[ \t]+(\w++)[^;{}]*\{")
_SCOPED = frozenset({b"enum class", b"enum struct", b"enum  ", b"enum \t", b"enum\t"})
"""Without one of these there is no such enum."""
_TAIL = re.compile(
    rb"\}\s*+(?>(?:(?:__\w+|[A-Z_]+)(?:\((?:[^()]|\([^()]*\))*\))?\s+)*)(\w++)\s*+(?:__\w+(?:\((?:[^()]|\([^()]*\))*\))*\s*)*;"
)
_SIMPLE = re.compile(rb"\n[ \t]*+typedef\b([^;{}]*+);")
_LAST = re.compile(rb"(\w+)\s*(?:\[[^\]]*\]\s*)*$")
_POINTER_NAME = re.compile(
    rb"\(\s*(?:\w+\s+)?\*+\s*(?:const\s+)?(\w+)\s*\)\s*\(|\b[A-Z][A-Z0-9_]+\s*\(\s*(\w+)\s*\)\s*\("
    rb"|\(\s*(\w+)\s*\)\s*\(|(\w+)\s*\([^()]*\)\s*$"
)
_TYPE_MACRO = re.compile(
    rb"\n[ \t]*+#[ \t]*+define[ \t]++(\w++)[ \t]++"
    rb"((?:(?:const|unsigned|signed|long|short|int|char|struct[ \t]+\w+|\w+_t)\b[ \t]*)+[ \t*]*)\r?(?=\n)"
)
_USING = re.compile(rb"\n[ \t]*+using[ \t]++(\w++)\s*=([^;{}]*+);")
_CLASS = re.compile(rb"\b(?:class|struct|union)\b[^;{}()]*\Z")
_BITS = re.compile(r"^(.*?)\s*:\s*(\d+)$", re.DOTALL)
_PACKED = re.compile(r"__packed\b|\bpacked\b|__PACKED")
_ALIGNED = re.compile(r"aligned\s*\(\s*(\w+)\s*\)|alignas\s*\(\s*(\w+)\s*\)")
_DEFINE = re.compile(rb"\n[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+([^\n/]+)")
_AFTER_BYTES = 200


class TypePlace(NamedTuple):
    """Where a name is defined: the offset means the keyword, the closing brace or the word `typedef` by `form`."""

    name: str
    form: str
    offset: int


def type_places(source: bytes) -> list[TypePlace]:
    """Every type definition of a file. Tags are listed as they are, `enum` tags also as `enum name`."""
    text = b"\n" + source
    found = []
    for match in _BODY.finditer(text):
        form = match[1].decode()
        found.append(TypePlace(match[2].decode("utf-8", "replace"), form, match.end() - 2))
    if holds(source, _SCOPED):
        found += [TypePlace(m[1].decode("utf-8", "replace"), "enum", m.end() - 2) for m in _SCOPED_ENUM.finditer(text)]
    if b"typedef" in source:
        found += [TypePlace(m[1].decode("utf-8", "replace"), "tail", m.start() - 1) for m in _TAIL.finditer(text)]
        found += [place for m in _SIMPLE.finditer(text) for place in _typedef_names(m)]
    if b"using" in source:
        found += [TypePlace(m[1].decode("utf-8", "replace"), "using", m.start(2) - 1) for m in _USING.finditer(text)]
    if b"define" in source:
        found += [TypePlace(m[1].decode(), "define", m.start(2) - 1) for m in _TYPE_MACRO.finditer(text)]
    return found


def read_type(text: CText, place: TypePlace) -> TypeFact | None:
    """The definition at a place, or None when the text there turns out to be something else."""
    if place.form in ("struct", "union", "class"):
        return _record(text, place, place.offset)
    if place.form == "enum":
        return _enum(text, place, place.offset)
    if place.form == "tail":
        opening = text.partner.get(place.offset, -1)
        head = text.code[max(opening - _AFTER_BYTES, 0) : opening] if opening >= 0 else b""
        if not re.search(rb"\btypedef\b[^;{}]*\Z", head):
            return None
        return _enum(text, place, opening) if re.search(rb"\benum\b[^;{}]*\Z", head) else _record(text, place, opening)
    if place.form == "define":
        stop = text.source.find(b"\n", place.offset)
        written = text.source[place.offset : stop].decode("utf-8", "replace").strip()
        return TypeFact(
            TypeKind.ALIAS, place.name, text.at(place.offset, stop), written, cfg=text.conditions(place.offset)
        )
    if _in_class(text, place.offset):
        return None
    end = text.code.find(b";", place.offset)
    written = text.read(place.offset, end).removeprefix("typedef").strip()
    if place.form == "using":
        return TypeFact(
            TypeKind.ALIAS, place.name, text.at(place.offset, end), written, cfg=text.conditions(place.offset)
        )
    return _typedef(text, place, end, written)


def _in_class(text: CText, offset: int) -> bool:
    """Whether a name belongs to a class of C++: outside it means something else."""
    opening = enclosing(text.code, offset)
    return opening >= 0 and bool(_CLASS.search(text.code, max(opening - _AFTER_BYTES, 0), opening))


def _typedef_names(match: re.Match[bytes]) -> Iterator[TypePlace]:
    body = match[1]
    offset = match.start() + match[0].index(b"typedef") - 1
    if found := _POINTER_NAME.search(body):
        name = found[1] or found[2] or found[3] or found[4]
        yield TypePlace(name.decode("utf-8", "replace"), "typedef", offset)
        return
    for part in body.split(b","):
        if found := _LAST.search(part.rstrip()):
            yield TypePlace(found[1].decode("utf-8", "replace"), "typedef", offset)


def _typedef(text: CText, place: TypePlace, end: int, written: str) -> TypeFact | None:
    at, cfg = text.at(place.offset, end), text.conditions(place.offset)
    functions = list(function_type(text, place.offset, place.name.encode()))
    if functions:
        return TypeFact(TypeKind.ALIAS, place.name, at, written, cfg=cfg, signature=functions[0].signature)
    parts = written.split(",")
    base = re.match(r"^(.*?)[\s*]*\b\w+\s*(?:\[[^\]]*\]\s*)*$", parts[0], re.DOTALL)
    for index, part in enumerate(parts):
        found = re.search(rf"^(.*?)\b{re.escape(place.name)}\b\s*((?:\[[^\]]*\]\s*)*)$", part.strip(), re.DOTALL)
        if found and base:
            target = found[1] if index == 0 else f"{base[1]} {found[1]}"
            return TypeFact(TypeKind.ALIAS, place.name, at, " ".join(f"{target} {found[2]}".split()), cfg=cfg)
    return None


def _record(text: CText, place: TypePlace, opening: int) -> TypeFact | None:
    close = text.partner.get(opening, -1)
    if close < 0:
        return None
    head = text.read(max(opening - _AFTER_BYTES, 0), opening).rsplit(";", 1)[-1].rsplit("}", 1)[-1]
    tail = text.read(close + 1, min(close + _AFTER_BYTES, len(text.code))).split(";")[0]
    kind = TypeKind.UNION if re.search(r"\bunion\b[^;{}]*$", head) else TypeKind.STRUCT
    fields = []
    members = struct_fields(text, opening, place.name.encode()) if place.form != "class" else ()
    for declaration in members:
        if found := _BITS.match(declaration.type):
            fields.append(Field(declaration.name or found[1].split()[-1], found[1], int(found[2]), declaration.cfg))
        else:
            fields.append(Field(declaration.name, declaration.type, cfg=declaration.cfg))
    return TypeFact(
        kind, place.name, text.at(opening, close + 1), fields=tuple(fields), repr=_attributes(f"{head} {tail}"),
        cfg=text.conditions(opening),
    )  # fmt: skip


def _enum(text: CText, place: TypePlace, opening: int) -> TypeFact | None:
    close = text.partner.get(opening, -1)
    if close < 0:
        return None
    head = text.read(max(opening - _AFTER_BYTES, 0), opening)
    underlying = re.search(r"\benum\b[^;{}]*?:\s*([\w: ]+)$", head)
    values = []
    for part in split(text.read(opening + 1, close), angles=False):
        name, _, value = part.partition("=")
        if name.strip():
            values.append((name.split()[0], value.strip()))
    tail = text.read(close + 1, min(close + _AFTER_BYTES, len(text.code))).split(";")[0]
    return TypeFact(
        TypeKind.ENUM, place.name, text.at(opening, close + 1), target=underlying[1].strip() if underlying else "",
        values=tuple(values), repr=_attributes(tail),
        cfg=text.conditions(opening),
    )  # fmt: skip


def _attributes(written: str) -> tuple[str, ...]:
    found = ["packed"] if _PACKED.search(written) else []
    if aligned := _ALIGNED.search(written):
        found.append(f"aligned({aligned[1] or aligned[2]})")
    return tuple(found)


def constants(source: bytes, names: frozenset[bytes]) -> list[TypeFact]:
    """Values of the named constants that a file gives: object-like macros and enumerators, as written or counted."""
    found = {name for _, name in occurrences(source, names)} if names else set()
    if not found:
        return []
    text = CText(source)
    rows = []
    for match in _DEFINE.finditer(b"\n" + source):
        if match[1] in found:
            value = match[2].decode("utf-8", "replace").strip()
            rows.append(_constant(text, match[1].decode(), value, match.start(1) - 1, match.end(2) - 1))
    for place in type_places(source):
        fact = read_type(text, place) if place.form in ("enum", "tail") else None
        if fact is not None and fact.kind is TypeKind.ENUM and any(n.encode() in found for n, _ in fact.values):
            rows += [
                TypeFact(TypeKind.CONSTANT, n, fact.at, values=(*fact.values[:i], (n, v)), cfg=fact.cfg)
                for i, (n, v) in enumerate(fact.values)
                if n.encode() in found
            ]
    return rows


def _constant(text: CText, name: str, value: str, start: int, end: int) -> TypeFact:
    return TypeFact(TypeKind.CONSTANT, name, text.at(start, end), values=((name, value),), cfg=text.conditions(start))
