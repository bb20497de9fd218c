"""The items of a Rust file and what their bodies touch, for comparing two versions of it. In: bytes. Out: items."""

import re
from collections.abc import Iterator

from ffireview.extract.rust.reading import read_file
from ffireview.extract.rust.scopes import Item as Scope
from ffireview.extract.rust.scopes import Scopes, owner_path
from ffireview.extract.rust.signatures import qualifiers, signature
from ffireview.extract.rust.text import RustText
from ffireview.model.items import Check, CheckKind, Item, ItemField, ItemKind, Lock, Touch
from ffireview.model.place import Range
from ffireview.syntax.brackets import split

_KINDS = {
    "function": ItemKind.FUNCTION, "struct": ItemKind.STRUCT, "union": ItemKind.UNION, "enum": ItemKind.ENUM,
    "trait": ItemKind.TRAIT, "impl": ItemKind.IMPL, "const": ItemKind.CONSTANT, "static": ItemKind.STATIC,
    "alias": ItemKind.ALIAS, "macro": ItemKind.MACRO,
}  # fmt: skip
_KEYWORDS = {"function": "fn", "const": "const", "alias": "type"}
_BODY_LIMIT = 400_000

_IMPL = re.compile(r"^impl\b\s*(?:<.*?>\s*)?(?:!?(?P<trait>.*?)\s+for\s+)?(?P<type>.*)$", re.DOTALL)
_FIELD = re.compile(rb"\.\s*([A-Za-z_]\w*|\d+)\b(?!\s*(?:\(|::))")
_WRITTEN = re.compile(rb"\s*(?:\[[^\]]*\]\s*)?(?:[-+*/%&|^]|<<|>>)?=(?![=>])")
_METHOD = re.compile(rb"\s*\.\s*\w+\s*(?:::\s*<[^;{}()]*>\s*)?\(")
_INITIALISED = re.compile(rb"[{,]\s*([a-z_]\w*)\s*:(?!:)")
_BORROWED = re.compile(rb"&\s*mut\s+[\w.\s()*]*\Z")
_CALL = re.compile(rb"([A-Za-z_]\w*)\s*(?:::\s*<[^;{}()]*>\s*)?(?:!\s*)?\(")
_NOT_CALLED = frozenset({b"if", b"while", b"match", b"for", b"return", b"fn", b"in", b"let", b"move", b"as", b"loop"})
_LOCAL = re.compile(
    rb"\b(?:let|for)\s+(?:mut\s+)?([a-z_]\w*)\b|\|\s*(?:mut\s+|&)?([a-z_]\w*)\b|\b(?:ref|mut)\s+([a-z_]\w*)\b"
)
_PATTERN = re.compile(
    rb"\b(?:let|for)\s*([(\[&][^=;]*?|[A-Z]\w*(?:::\w+)*\s*[({][^=;]*?)(?:=|\bin\b)"
    rb"|\b(?:Some|Ok|Err)\s*\(([^()]*)\)"
)
_WORD = re.compile(rb"\b[a-z_]\w*\b")

_NULL = re.compile(rb"[\w.()*&]*?[\w)]\s*\.\s*is_null\s*\(\s*\)|NonNull\s*::\s*new\s*\([^()]*\)")
_COMPARED = re.compile(rb"\b(?:if|while|assert|debug_assert|ensure|bail_if)\b[^;{]*")
_COMPARISON = re.compile(rb"[^&|;{}!()<>=]*(?:\([^()]*\)[^&|;{}!()<>=]*)*(?:[<>]=?|[=!]=)\s*[^&|;{}<>=,]*")
_ASSERT = re.compile(rb"\b(debug_assert|assert)(?:_eq|_ne)?\s*!\s*[(\[{]")
_CHECKED = re.compile(rb"\.\s*(checked_\w+|try_into|try_from)\s*\(|\b\w+\s*::\s*(try_from)\s*\(")
_CATCH = re.compile(rb"\bcatch_unwind\b")
_EXIT = re.compile(rb"\bif\b([^{};]*)\{\s*(?:return\b|continue\b|break\b)")
_LOCK = re.compile(
    rb"(?:\blet\s+(?:mut\s+)?(\w+)\s*(?::[^=;]*)?=\s*)?([\w.&*()\s]*?[\w)]\s*\.\s*"
    rb"(?:(?:try_)?(?:lock|read|write|borrow|borrow_mut)(?:_irqsave|_irq|_bh|_nested|_arc)?)\s*\([^()]*\))"
)
_SPACE = re.compile(rb"\s+")


def items_of_rust(source: bytes) -> tuple[Item, ...]:
    """Every item of the file, those that macros hold included, in order."""
    text = RustText(source)
    scopes = Scopes(read_file(text).items)
    return tuple(_item(text, scope) for scope in scopes.items if scope.kind in _KINDS)


def _item(text: RustText, scope: Scope) -> Item:
    kind = _KINDS[scope.kind]
    body = scope.body
    start = min(scope.head.start, scope.start) if scope.head.attributes else scope.start
    split_at = body.start if body is not None else scope.end
    before = qualifiers(scope.header or text.read(scope.start, split_at), _KEYWORDS.get(scope.kind, scope.kind))
    around = _impl_around(scope)
    code = text.code[body.start : body.end] if body is not None and body.end - body.start <= _BODY_LIMIT else b""
    is_function = kind is ItemKind.FUNCTION
    offset = body.start if body is not None else 0
    sign = None
    if is_function and scope.parameters is not None:
        parameters = text.read(scope.parameters.start + 1, scope.parameters.end - 1)
        sign = signature(parameters, text.read(scope.parameters.end, split_at))
    return Item(
        kind=kind,
        name=scope.name,
        owner=owner_path(scope.parent),
        at=text.at(start, scope.end),
        head=text.tokens(start, split_at),
        body="" if body is None or kind is ItemKind.IMPL else text.tokens(body.start, body.end),
        visibility=before.visibility,
        unsafe=before.unsafe,
        safe=before.safe,
        attributes=tuple(a.text for a in scope.head.attributes if not a.text.startswith("doc")),
        signature=sign,
        returns=sign.returns if sign else "",
        self_type=around[1],
        trait=around[0],
        fields=tuple(_fields(text, scope)) if kind in (ItemKind.STRUCT, ItemKind.UNION) else (),
        values=tuple(_variants(text, scope)) if kind is ItemKind.ENUM else (),
        test=scope.test,
        touched=tuple(_touched(text, code, offset)) if is_function else (),
        calls=tuple(_called(text, code, offset)) if is_function else (),
        checks=tuple(_checks(text, code, offset)) if is_function else (),
        locks=tuple(_locks(text, code, offset)) if is_function else (),
        locals=_locals(code, sign) if is_function else frozenset(),
    )


def _impl_around(scope: Scope) -> tuple[str, str]:
    """Trait and type of the impl that an item is or stands in."""
    inner: Scope | None = scope
    while inner is not None and inner.kind not in ("impl", "trait"):
        inner = inner.parent
    if inner is None:
        return "", ""
    if inner.kind == "trait":
        return inner.name, ""
    found = _IMPL.match(inner.label)
    return ((found["trait"] or "").strip(), found["type"].strip()) if found else ("", "")


def _fields(text: RustText, scope: Scope) -> Iterator[ItemField]:
    written = text.read(scope.start, scope.end)
    at = min((i for i in (written.find("{"), written.find("(")) if i >= 0), default=-1)
    if at < 0:
        return
    named = written[at] == "{"
    inside = written[at + 1 : written.rfind("}" if named else ")")]
    for index, part in enumerate(split(inside)):
        bare = re.sub(r"#\s*\[[^\]]*\]\s*", "", part).strip()
        seen = re.match(r"pub(?:\s*\([^)]*\))?", bare)
        bare = bare[seen.end() :].strip() if seen else bare
        name, _, shape = bare.partition(":") if named else (str(index), "", bare)
        if shape.strip():
            yield ItemField(name.strip(), shape.strip(), seen[0] if seen else "")


def _variants(text: RustText, scope: Scope) -> Iterator[tuple[str, str]]:
    written = text.read(scope.start, scope.end)
    for part in split(written[written.find("{") + 1 : written.rfind("}")]):
        name = re.match(r"(?:#\s*\[[^\]]*\]\s*)*(\w+)\s*(.*)", part.strip(), re.DOTALL)
        if name:
            yield name[1], name[2]


def _touched(text: RustText, code: bytes, offset: int) -> Iterator[Touch]:
    for found in _FIELD.finditer(code):
        name = found[1].decode()
        if name == "await":
            continue
        how = "receiver" if _METHOD.match(code, found.end()) else "read"
        if _WRITTEN.match(code, found.end()):
            how = "write"
        elif _BORROWED.search(code, max(found.start() - 80, 0), found.start()):
            how = "borrow"
        yield Touch(name, text.at(offset + found.start(1), offset + found.end(1)), how)
    for found in _INITIALISED.finditer(code):
        yield Touch(found[1].decode(), text.at(offset + found.start(1), offset + found.end(1)), "initialise")


def _called(text: RustText, code: bytes, offset: int) -> Iterator[Touch]:
    for found in _CALL.finditer(code):
        if found[1] not in _NOT_CALLED:
            yield Touch(found[1].decode(), text.at(offset + found.start(1), offset + found.end(1)), "call")


def _checks(text: RustText, code: bytes, offset: int) -> Iterator[Check]:
    def check(kind: CheckKind, low: int, high: int) -> Check:
        return Check(kind, _normal(code[low:high]), text.at(offset + low, offset + high))

    asserted: list[tuple[int, int]] = []
    for found in _ASSERT.finditer(code):
        end = text.partner.get(offset + found.end() - 1, offset + found.end()) - offset
        asserted.append((found.start(), end))
        kind = CheckKind.DEBUG_ASSERT if found[1] == b"debug_assert" else CheckKind.ASSERT
        yield check(kind, found.end(), end)
    for found in _NULL.finditer(code):
        if not any(low <= found.start() < high for low, high in asserted):
            yield check(CheckKind.NULL, found.start(), found.end())
    for found in _COMPARED.finditer(code):
        if found[0].startswith((b"assert", b"debug_assert")):
            continue
        for compared in _COMPARISON.finditer(code, found.start() + 2, found.end()):
            yield check(CheckKind.BOUNDS, compared.start(), compared.end())
    for found in _CHECKED.finditer(code):
        yield check(CheckKind.CHECKED, found.start(), found.end())
    for found in _CATCH.finditer(code):
        yield check(CheckKind.CATCH, found.start(), found.end())
    for found in _EXIT.finditer(code):
        yield check(CheckKind.EXIT, found.start(1), found.end(1))


def _locks(text: RustText, code: bytes, offset: int) -> Iterator[Lock]:
    for found in _LOCK.finditer(code):
        scope = _held(text, code, offset, found) if found[1] else None
        yield Lock(_normal(found[2]), text.at(offset + found.start(2), offset + found.end(2)), scope)


def _held(text: RustText, code: bytes, offset: int, found: re.Match[bytes]) -> Range:
    """From the `let` to the end of its block, or to `drop(name)`."""
    depth, end = 0, len(code)
    dropped = re.compile(rb"\bdrop\s*\(\s*" + re.escape(found[1]) + rb"\s*\)").search(code, found.end())
    for mark in re.finditer(rb"[{}]", code[found.end() :]):
        depth += 1 if mark[0] == b"{" else -1
        if depth < 0:
            end = found.end() + mark.start()
            break
    if dropped and dropped.start() < end:
        end = dropped.start()
    return text.at(offset + found.end(), offset + end)


def _locals(code: bytes, sign: object) -> frozenset[str]:
    names = {name for found in _LOCAL.finditer(code) for name in found.groups() if name}
    for found in _PATTERN.finditer(code):
        names.update(_WORD.findall(found[1] or found[2]))
    parameters = getattr(sign, "parameters", ())
    names.update(word for p in parameters for word in _WORD.findall(p.name.encode()))
    return frozenset(name.decode() for name in names - {b"ref", b"mut", b"_"})


def _normal(text: bytes) -> str:
    return _SPACE.sub(b" ", text).strip(b" (){}[],").decode("utf-8", "replace")
