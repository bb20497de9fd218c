"""Rust bytes in, an inventory out: every item with its hashes, its parts, and what it touches."""

import re

from ffireview.extract.counting import counted, short
from ffireview.extract.rust.attributes import Head, head_before
from ffireview.extract.rust.declarations import foreign_block, signature_of, static_is_mut, value_type
from ffireview.extract.rust.scopes import Item as Scope
from ffireview.extract.rust.scopes import cfg_around, owner_path
from ffireview.extract.rust.signatures import qualifiers
from ffireview.extract.rust.text import RustText
from ffireview.extract.rust.touched import touched_by_item
from ffireview.extract.rust.view import RustView, read_view
from ffireview.extract.touched import Touched
from ffireview.model.items import Enumerator, Item, ItemField, ItemKind
from ffireview.syntax.captures import Piece

_KINDS = {
    "function": ItemKind.FUNCTION, "struct": ItemKind.STRUCT, "union": ItemKind.UNION, "enum": ItemKind.ENUM,
    "trait": ItemKind.TRAIT, "impl": ItemKind.IMPL, "module": ItemKind.MODULE, "elsewhere": ItemKind.MODULE,
    "extern": ItemKind.EXTERN, "const": ItemKind.CONSTANT, "static": ItemKind.STATIC, "alias": ItemKind.ALIAS,
    "associated": ItemKind.ALIAS, "macro": ItemKind.MACRO,
}  # fmt: skip
_KEYWORDS = {
    "function": "fn", "alias": "type", "associated": "type", "module": "mod", "elsewhere": "mod", "extern": r"\Z",
    "macro": "macro_rules",
}  # fmt: skip
_FOR = re.compile(r" for (?!<)|->|[<>()\[\]]")
_DOC = re.compile(r"doc\b")
_RULES = re.compile(rb"[({\[]")


def items_of_rust(source: bytes) -> tuple[Item, ...]:
    """Every item of a file, those in macros and functions included, in the order of the source."""
    return items_of_view(read_view(source, every=True))


def items_of_view(view: RustView) -> tuple[Item, ...]:
    """The same for a file that is read already, with `every` macro."""
    touched = touched_by_item(view)
    parts = _parts(view)
    found = [(scope.start, _item(view, scope, touched[id(scope)], parts[id(scope)])) for scope in view.scopes.items]
    found += [(whole.start, _use(view, whole, name)) for whole, name in view.reading.uses]
    return tuple(item for _, item in sorted(found, key=lambda row: (row[0], row[1].at)))


class _Parts:
    """The body of an item that is no block, and what a type definition lists."""

    def __init__(self) -> None:
        self.body: Piece | None = None
        self.fields: list[ItemField] = []
        self.variants: list[tuple[Piece, Piece]] = []


def _item(view: RustView, scope: Scope, touched: Touched, parts: _Parts) -> Item:
    text = view.text
    before = qualifiers(scope.header, _KEYWORDS.get(scope.kind, scope.kind))
    body = scope.body or parts.body or _rules(text, scope)
    block = foreign_block(scope)
    abi = qualifiers(block.header, r"\Z").abi if block else before.abi if scope.kind == "function" else ""
    trait, self_type = _belongs(scope)
    return Item(
        kind=_KINDS[scope.kind],
        name=_name(scope, abi),
        owner=owner_path(scope.parent),
        at=text.at(scope.head.start, scope.end),
        head=_head(text, scope.head, (scope.start, scope.end), body),
        body=text.tokens(body) if body else "",
        body_at=text.at(*body) if body else None,
        visibility=before.visibility,
        unsafe=before.unsafe,
        safe=before.safe,
        abi=abi,
        attributes=_attributes(text, scope.head),
        cfg=cfg_around(scope),
        signature=signature_of(text, scope),
        self_type=self_type,
        trait=trait,
        type=_type(text, scope, body),
        value=short(text.spelled(*body)) if body and scope.kind in ("const", "static") else "",
        fields=tuple(parts.fields),
        enumerators=_enumerators(text, parts.variants),
        macro=scope.macro,
        test=scope.test,
        **touched._asdict(),
    )


def _use(view: RustView, whole: Piece, name: Piece) -> Item:
    text, scope, head = view.text, view.context(whole.start), head_before(view.text, whole.start)
    return Item(
        kind=ItemKind.USE,
        name=text.spelled(*name),
        owner=owner_path(scope),
        at=text.at(head.start, whole.end),
        head=_head(text, head, whole, None),
        visibility=qualifiers(text.read(*whole), "use").visibility,
        attributes=_attributes(text, head),
        cfg=(*cfg_around(scope), *head.cfg()),
        test=head.is_test() or (scope is not None and scope.test),
    )


def _name(scope: Scope, abi: str) -> str:
    """The name, or the label that sites use: `Drop for Handle` of an impl, `extern "C"` of a block."""
    if scope.kind == "impl":
        return scope.label.removeprefix("impl ")
    return f'extern "{abi}"' if scope.kind == "extern" else scope.name


def _belongs(scope: Scope) -> tuple[str, str]:
    """The trait and the type of the impl or trait that the item is or stands in directly."""
    holder = scope if scope.kind in ("impl", "trait") else scope.parent
    if holder is None or holder.kind not in ("impl", "trait"):
        return "", ""
    if holder.kind == "trait":
        return holder.name, ""
    label = holder.label.removeprefix("impl ")
    depth = 0
    for found in _FOR.finditer(label):
        if found[0] == " for ":
            if not depth:
                return label[: found.start()].strip(), label[found.end() :].strip()
        elif found[0] != "->":
            depth += 1 if found[0] in "<([" else -1
    return "", label


def _type(text: RustText, scope: Scope, body: Piece | None) -> str:
    if scope.kind in ("const", "static"):
        return ("mut " if static_is_mut(scope) else "") + value_type(scope, text)
    return text.spelled(*body) if scope.kind in ("alias", "associated") and body else ""


def _rules(text: RustText, scope: Scope) -> Piece | None:
    """The rules of a `macro_rules!` definition with their brackets."""
    found = _RULES.search(text.code, scope.start, scope.end) if scope.kind == "macro" else None
    return Piece(found.start(), text.partner.get(found.start(), scope.end - 1) + 1) if found else None


def _head(text: RustText, head: Head, whole: tuple[int, int], body: Piece | None) -> str:
    """The hash of attributes, but for documentation, and of what stands around the body."""
    ends = [attribute.start for attribute in head.attributes[1:]] + [whole[0]]
    attributes = zip(head.attributes, ends, strict=True) if head.attributes else ()
    around = [(whole[0], body.start), (body.end, whole[1])] if body else [whole]
    return text.tokens(*((a.start, end) for a, end in attributes if not _DOC.match(a.text)), *around)


def _attributes(text: RustText, head: Head) -> tuple[str, ...]:
    return tuple(
        text.spelled(opening + 1, text.partner[opening])
        for attribute in head.attributes
        if not _DOC.match(attribute.text) and (opening := text.code.find(b"[", attribute.start)) in text.partner
    )


# ---- what a type definition lists


def _parts(view: RustView) -> dict[int, _Parts]:
    """Bodies, fields and variants by `id` of the item that they belong to."""
    found = {id(scope): _Parts() for scope in view.scopes.items}
    for match in (match for parsed, _ in view.reading.parsed for match in parsed.matches("members")):
        captures = match.captures
        first = captures.get("body") or captures.get("type") or captures["name"]
        scope = view.scopes.around(first[0].start)
        if scope is None:
            continue
        parts = found[id(scope)]
        if "bodied" in captures:
            parts.body = captures["body"][0]
        elif "variant" in captures:
            parts.variants.append((captures["variant"][0], captures["name"][0]))
        elif scope.kind in ("struct", "union"):
            name = captures["name"][0] if "member" in captures else None
            parts.fields.append(_member(view.text, len(parts.fields), name, captures["type"][0]))
    return found


def _member(text: RustText, index: int, name: Piece | None, shape: Piece) -> ItemField:
    """One field; of a tuple struct, under its number."""
    start = name.start if name else shape.start
    low = text.before(start)
    if text.code[low - 1 : low] == b")" and text.code[: text.partner.get(low - 1, 0)].rstrip().endswith(b"pub"):
        low = text.partner[low - 1]
        low = text.before(low)
    visibility = text.read(low - 3, start) if text.code[low - 3 : low] == b"pub" else ""
    begin = low - 3 if visibility else start
    return ItemField(
        name=text.spelled(*name) if name else str(index),
        type=text.spelled(*shape),
        at=text.at(begin, shape.end),
        visibility=visibility.replace(" ", ""),
        attributes=_attributes(text, head_before(text, begin)),
    )


def _enumerators(text: RustText, variants: list[tuple[Piece, Piece]]) -> tuple[Enumerator, ...]:
    read = []
    for whole, name in variants:
        at = text.before(name.end) and name.end
        opening = next((i for i in range(at, whole.end) if not text.code[i : i + 1].isspace()), whole.end)
        payload = Piece(opening, text.partner.get(opening, opening - 1) + 1)
        value = text.spelled(payload.end, whole.end).removeprefix("=").strip()
        read.append((whole, name, text.spelled(*payload), value))
    values = counted(value for *_, value in read)
    return tuple(
        Enumerator(text.spelled(*name), value, text.at(*whole), payload)
        for (whole, name, payload, _), value in zip(read, values, strict=True)
    )
