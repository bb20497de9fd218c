"""Types that may cross: aliases, structs, unions and enums with their representation."""

import re
from collections.abc import Iterator

from ffireview.extract.rust.declarations import foreign_block
from ffireview.extract.rust.generics import generics
from ffireview.extract.rust.scopes import Item, cfg_around, module_path
from ffireview.extract.rust.signatures import qualifiers
from ffireview.extract.rust.view import RustView
from ffireview.model.facts import Field, TypeFact, TypeKind
from ffireview.syntax.brackets import split

_REPR = re.compile(r"^repr\s*\((.*)\)$", re.DOTALL)
_ATTRIBUTE = re.compile(r"#\s*\[[^\]]*\]\s*")
_DOC = re.compile(r'#\s*\[\s*doc\b[^"\]]*"(?:[^"\\]|\\.)*"\s*\]')
_CFG = re.compile(r"#\s*\[\s*cfg\s*\((.*?)\)\s*\]", re.DOTALL)
_VISIBILITY = re.compile(r"^pub(?:\s*\([^)]*\))?\s+")
_DERIVE = re.compile(r"\bderive\s*\((.*?)\)", re.DOTALL)
_BODY_LIMIT = 60_000
_NUMBER = re.compile(r":\s*(?:\w+\s*::\s*)*[A-Za-z]\w*\s*=[^\"{]*;$")
_KINDS = {"struct": TypeKind.STRUCT, "union": TypeKind.UNION, "enum": TypeKind.ENUM, "alias": TypeKind.ALIAS,
          "const": TypeKind.CONSTANT}  # fmt: skip


def types(view: RustView) -> Iterator[TypeFact]:
    """Every type definition of the file that is not generated for somebody else. A record or enum in a macro without
    a stated layout is left out: the macro decides what it becomes."""
    for item in view.scopes.items:
        kind = _KINDS.get(item.kind)
        if kind is None or item.end - item.start > _BODY_LIMIT or (item.macro is not None and item.macro.generates):
            continue
        if item.kind == "alias" and (foreign_block(item) or (item.parent and item.parent.kind in ("impl", "trait"))):
            continue
        if kind is TypeKind.CONSTANT and not _is_number(view, item):
            continue
        made = _type(view, item, kind)
        if item.macro is None or made.repr or kind in (TypeKind.ALIAS, TypeKind.CONSTANT):
            yield made


def _is_number(view: RustView, item: Item) -> bool:
    """Whether a constant may be an integer copied from C: a name in capitals, a plain type, no text or block."""
    return item.name.isupper() and bool(_NUMBER.search(view.text.read(item.start, item.end)))


def _type(view: RustView, item: Item, kind: TypeKind) -> TypeFact:
    written = _DOC.sub("", view.text.read(item.start, item.end))
    name_at = re.search(rf"\b{re.escape(item.name)}\b", written)
    rest = written[name_at.end() :] if name_at else ""
    generic = rest.lstrip().startswith("<")
    own = generics(rest.partition("{")[0], 0)
    found = [m[1] for a in item.head.attributes if (m := _REPR.match(a.text))]
    target = ""
    fields: tuple[Field, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    if kind is TypeKind.ALIAS:
        target = rest.partition("=")[2].strip().rstrip(";").strip()
    elif kind is TypeKind.CONSTANT:
        target, _, value = (part.strip(" :;") for part in rest.partition("="))
        values = ((item.name, value),)
    elif kind is TypeKind.ENUM:
        values = tuple(_values(_inside(rest, "{", "}")))
    else:
        fields = tuple(_fields(rest))
    return TypeFact(
        kind=kind,
        name=item.name,
        at=view.text.at(item.start, item.end),
        target=target,
        fields=fields,
        values=values,
        repr=tuple(part for group in found for part in split(group)),
        module=module_path(item.parent),
        cfg=cfg_around(item),
        generic=generic,
        derives=tuple(name for a in item.head.attributes if (m := _DERIVE.search(a.text)) for name in split(m[1])),
        generics=own.parameters,
        where=own.where,
        visibility=qualifiers(item.header, "struct|union|enum|type|const").visibility,
    )


def _fields(rest: str) -> Iterator[Field]:
    opening = min((i for i in (rest.find("{"), rest.find("(")) if i >= 0), default=-1)
    if opening < 0:
        return
    named = rest[opening] == "{"
    for index, part in enumerate(split(_inside(rest[opening:], rest[opening], "}" if named else ")"))):
        cfg = tuple(_CFG.findall(part))
        bare = _VISIBILITY.sub("", _ATTRIBUTE.sub("", part).strip())
        name, _, shape = bare.partition(":") if named else (str(index), "", bare)
        if shape:
            yield Field(name.strip(), shape.strip(), cfg=cfg)


def _values(body: str) -> Iterator[tuple[str, str]]:
    for part in split(body):
        name, _, value = _ATTRIBUTE.sub("", part).strip().partition("=")
        if name.strip():
            yield name.strip(), value.strip()


def _inside(text: str, opening: str, closing: str) -> str:
    start, end = text.find(opening), text.rfind(closing)
    return text[start + 1 : end] if 0 <= start < end else ""
