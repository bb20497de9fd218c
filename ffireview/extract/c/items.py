"""C or C++ bytes in, an inventory out: functions, records, constants, macros, with what each touches."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import structs

from ffireview.extract.c import Kind, is_cpp
from ffireview.extract.c.declarators import declarator
from ffireview.extract.c.declared import FunctionHead, attributes, bare, function_head, named, storage
from ffireview.extract.c.segments import Segment, behind_template, partners, segments
from ffireview.extract.c.text import CText
from ffireview.extract.c.touched import KEYWORDS, Stretch, touched_in
from ffireview.extract.counting import counted, short
from ffireview.extract.touched import Touched
from ffireview.model.facts import MacroContext, MacroForm, Signature
from ffireview.model.items import Enumerator, Item, ItemField, ItemKind
from ffireview.syntax.brackets import pairs, parts, stripped
from ffireview.syntax.captures import Piece
from ffireview.syntax.tokens import hash_of

_DEFINE = re.compile(rb"[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)(\([^()]*\))?")
_TYPEDEF = re.compile(rb"typedef\b")
_QUALIFIED = re.compile(rb"((?:\w+(?:\s*<[^<>]*>)?\s*::\s*)+)~?\Z")
_NAME = re.compile(rb"[A-Za-z_]\w*\Z")
_WORD = re.compile(rb"[A-Za-z_]\w*")
_NO_VARIABLE = re.compile(
    rb"\s*(?:using|friend|namespace|return|static_assert|_Static_assert|template\b[^;]*;)\b|\s*[\w:]+\s*;?\s*\Z"
)
_KINDS = {"struct": ItemKind.STRUCT, "class": ItemKind.STRUCT, "union": ItemKind.UNION, "enum": ItemKind.ENUM}
_DEPTH = 40
"""Records inside records are read to this depth."""


def items_of_c(source: bytes, kind: Kind) -> tuple[Item, ...]:
    """Every item of a file at its top level, in its namespaces and records, in the order of the source."""
    text = CText(source)
    file = _File(text, partners(text), is_cpp(source, kind))
    found = [*_macros(file), *_inside(file, 0, len(source), (), "", 0)]
    return tuple(sorted(found, key=lambda item: (item.at.line, item.at.column, -item.at.end_line)))


class _File(NamedTuple):
    """What all parts of one file share."""

    text: CText
    partner: dict[int, int]
    cpp: bool


def _inside(file: _File, start: int, end: int, path: tuple[str, ...], access: str, depth: int) -> Iterator[Item]:
    for segment in segments(file.text, file.partner, start, end, path, access):
        yield from _items(file, segment, depth)


def _items(file: _File, segment: Segment, depth: int) -> Iterator[Item]:
    code = file.text.code
    if segment.record is not None:
        yield from _record(file, segment, depth)
        return
    found = _TYPEDEF.match(code, segment.start)
    low = behind_template(code, segment.start, segment.end)
    head = function_head(code, file.partner, low, segment.body.start if segment.body else segment.end)
    if found:
        yield from _named(file, segment, found.end(), ItemKind.TYPEDEF)
    elif head is not None:
        yield from _function(file, segment, head)
    elif segment.body is None and not _NO_VARIABLE.match(code, segment.start, segment.end) and not segment.access:
        yield from _named(file, segment, segment.start, ItemKind.VARIABLE)


def _item(file: _File, segment: Segment, kind: ItemKind, name: str, body: Piece | None, head: str) -> Item:
    """The parts that all items have; `head` is what stands before the name and body."""
    text = file.text
    around = ((segment.start, body.start), (body.end, segment.end)) if body else ((segment.start, segment.end),)
    return Item(
        kind=kind,
        name=name,
        owner="::".join(segment.path),
        at=text.at(segment.start, segment.end),
        head=text.tokens(*around),
        body=text.tokens(body) if body else "",
        body_at=text.at(*body) if body else None,
        visibility=segment.access if file.cpp else "",
        abi="C" if not file.cpp or segment.c_linkage else "C++",
        storage=storage(head),
        attributes=attributes(head),
        cfg=text.conditions(segment.start),
    )


# ---- functions


def _function(file: _File, segment: Segment, found: FunctionHead) -> Iterator[Item]:
    text, code = file.text, file.text.code
    before = text.read(segment.start, found.start)
    made = found.name.isupper() and not bare(before)
    typed = bool(bare(before)) or bool(segment.access) or not _NAME.match(found.name.encode())
    if segment.body is None and (made or not typed):
        return
    qualifier = _QUALIFIED.search(code, max(segment.start, found.start - 300), found.start)
    path = re.sub(r"\s", "", qualifier[1].decode("utf-8", "replace")).removesuffix("::") if qualifier else ""
    kind = ItemKind.FUNCTION if segment.body else ItemKind.PROTOTYPE
    end = segment.body.start if segment.body else segment.end
    name = _made_name(file, found) if made else found.name
    item = _item(file, segment, kind, name, segment.body, f"{before} {text.read(found.close + 1, end)}")
    read = None if made else declarator(text, found.start, found.name)
    signature = read.signature if read else None
    yield structs.replace(
        item,
        owner="::".join(filter(None, (item.owner, path))),
        abi="C" if read is not None and read.c_linkage else item.abi,
        signature=signature,
        macro=MacroContext(found.name, MacroForm.INVOCATION) if made else None,
        **_touched(file, segment.body, _parameters(file, found, signature, end))._asdict(),
    )


def _made_name(file: _File, found: FunctionHead) -> str:
    """The name that a macro is given for the function that it makes: `open` of `SYSCALL_DEFINE3(open, ..)`,
    `Suite.Case` of `TEST(Suite, Case)`."""
    code = file.text.code
    given = [code[low:high] for low, high in parts(code, file.partner, found.opening + 1, found.close)]
    plain = [part.decode() for part in given if _NAME.match(part)]
    if len(given) == 2 and len(plain) == 2:
        return ".".join(plain)
    first = _WORD.search(given[0]) if given else None
    return first[0].decode() if first else found.name


def _parameters(file: _File, found: FunctionHead, signature: Signature | None, end: int) -> dict[str, int]:
    """The names of the parameters, with their places; those before 1989 and those given to a macro stand alone."""
    code = file.text.code
    names = {parameter.name for parameter in signature.parameters} if signature else set()
    if signature is None or code.find(b";", found.close, end) >= 0:
        given = parts(code, file.partner, found.opening + 1, found.close)[signature is None :]
        alone = {code[low:high] for low, high in given if _NAME.match(code[low:high])}
        names |= {word.decode() for word in alone - KEYWORDS}
    return {
        word[0].decode(): word.start() for word in _WORD.finditer(code, found.opening, end) if word[0].decode() in names
    }


def _touched(file: _File, body: Piece | None, parameters: dict[str, int]) -> Touched:
    if body is None:
        return Touched()
    return touched_in(Stretch(file.text, file.text.code, file.partner, *body), parameters, cpp=file.cpp)


# ---- records, enums, variables, typedefs


def _record(file: _File, segment: Segment, depth: int) -> Iterator[Item]:
    text, code, body = file.text, file.text.code, segment.body
    assert body is not None
    assert segment.record is not None
    keyword, tag = segment.record
    typedef = _TYPEDEF.match(code, segment.start)
    tail = (body.end, segment.end - 1)
    shape = f"{keyword} {tag or '_'}"
    after = list(named(text, file.partner, *tail, before=shape))
    plain = [one.name for one in after if typedef and one.type == shape]
    name = tag or (plain[0] if plain else "")
    head = text.read(segment.start, body.start)
    item = _item(file, segment, _KINDS[keyword], name, body, f"{head} {text.read(*tail)}")
    if keyword == "enum":
        listed = tuple(_enumerators(file, body))
        yield structs.replace(item, enumerators=listed)
        yield from (_enumerator(item, one) for one in listed)
    else:
        yield structs.replace(item, fields=tuple(_fields(file, segment)))
        if depth < _DEPTH:
            access = "private" if keyword == "class" else "public"
            path = (*segment.path, name) if name else segment.path
            yield from _inside(file, body.start + 1, body.end - 1, path, access, depth + 1)
    kind = ItemKind.TYPEDEF if typedef else ItemKind.VARIABLE
    for one in after:
        if one.name != name and not segment.access:
            at = text.at(one.start, one.end)
            yield structs.replace(item, kind=kind, name=one.name, type=one.type, body="", body_at=None, at=at)


def _fields(file: _File, record: Segment) -> Iterator[ItemField]:
    """The fields of a record, those of C++ without its methods."""
    text, body = file.text, record.body
    assert body is not None
    assert record.record is not None
    access = "private" if record.record[0] == "class" else "public"
    for segment in segments(text, file.partner, body.start + 1, body.end - 1, (), access):
        visibility = segment.access if file.cpp else ""
        if segment.record is not None and segment.body is not None:
            shape = text.spelled(segment.start, segment.body.end)
            tail = list(named(text, file.partner, segment.body.end, segment.end - 1, before="struct _"))
            for one in tail:
                yield ItemField(one.name, shape, text.at(segment.start, segment.end), visibility)
            if not tail and not segment.record[1] and segment.record[0] != "enum":
                yield ItemField("", shape, text.at(segment.start, segment.end), visibility)
        elif _holds_fields(file, segment):
            head = text.read(segment.start, segment.end)
            for one in named(text, file.partner, segment.start, segment.end - 1):
                at = text.at(one.start, one.end)
                shape = f"{one.type} : {one.bits}" if one.bits else one.type
                yield ItemField(one.name, shape, at, visibility, attributes(head))


def _holds_fields(file: _File, segment: Segment) -> bool:
    """Whether a declaration in a record is one of fields: no method, no `using`."""
    span = (segment.start, segment.end)
    if segment.body is not None or _NO_VARIABLE.match(file.text.code, *span):
        return False
    return function_head(file.text.code, file.partner, *span) is None


def _enumerators(file: _File, body: Piece) -> Iterator[Enumerator]:
    text, code = file.text, file.text.code
    found = parts(code, file.partner, body.start + 1, body.end - 1)
    signs = [code.find(b"=", low, high) for low, high in found]
    written = [text.spelled(sign + 1, high) if sign >= 0 else "" for sign, (_, high) in zip(signs, found, strict=True)]
    for (low, high), value in zip(found, counted(written), strict=True):
        if name := _WORD.match(code, low, high):
            yield Enumerator(name[0].decode(), value, text.at(low, high))


def _enumerator(enum: Item, one: Enumerator) -> Item:
    owner = "::".join(filter(None, (enum.owner, enum.name)))
    return Item(ItemKind.ENUMERATOR, one.name, owner, one.at, head="", value=one.value, abi=enum.abi, cfg=enum.cfg)


def _named(file: _File, segment: Segment, start: int, kind: ItemKind) -> Iterator[Item]:
    """The variables or typedefs of a declaration, each with its value as body. What the other names of the declaration
    are is no part of its head."""
    text, code = file.text, file.text.code
    stop = segment.end - 1 if code[segment.end - 1 : segment.end] == b";" else segment.end
    declaration: Item | None = None
    for one in named(text, file.partner, start, stop):
        if declaration is None:
            declaration = _item(file, segment, kind, "", None, text.read(segment.start, one.end))
        body = Piece(*one.value) if one.value else None
        words = (declaration.storage, *declaration.attributes, one.type, one.name)
        yield structs.replace(
            declaration,
            name=one.name,
            head=hash_of(" ".join(words).encode()),
            body=text.tokens(body) if body else "",
            body_at=text.at(*body) if body else None,
            type=one.type,
            value=short(text.spelled(*body)) if body else "",
            **_touched(file, body, {})._asdict(),
        )


# ---- macros


def _macros(file: _File) -> Iterator[Item]:
    text = file.text
    for start, end in text.directives:
        found = _DEFINE.match(text.masked, start, end)
        if found is None:
            continue
        low, high = stripped(text.masked, found.end(), end)
        brackets = {low + a: low + b for a, b in pairs(text.masked[low:high]).items()}
        parameters = {word[0].decode(): found.start(2) + word.start() for word in _WORD.finditer(found[2] or b"")}
        stretch = Stretch(text, text.masked, brackets, low, high)
        yield Item(
            kind=ItemKind.MACRO,
            name=found[1].decode(),
            owner="",
            at=text.at(start, end),
            head=text.tokens((start, found.end())),
            body=text.tokens((low, high)) if low < high else "",
            body_at=text.at(low, high) if low < high else None,
            cfg=text.conditions(start),
            value="" if found[2] else short(text.spelled(low, high)),
            **touched_in(stretch, parameters, cpp=file.cpp)._asdict(),
        )
