"""The places of a Rust file that a human must look at."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ffireview.extract.rust.attributes import Head
from ffireview.extract.rust.declarations import bridge_around, foreign_block, static_is_mut
from ffireview.extract.rust.operations import Placed
from ffireview.extract.rust.safety import note_for_block, note_for_item
from ffireview.extract.rust.scopes import Item, cfg_around, function_around, owner_path
from ffireview.extract.rust.signatures import qualifiers
from ffireview.extract.rust.view import RustView
from ffireview.model.facts import MacroContext, MacroForm, Operation, SiteFact, SiteKind
from ffireview.syntax.captures import Piece

_UNSAFE = re.compile(rb"(?<![\w#'])unsafe\b")
"""The keyword; `r#unsafe`, `'unsafe` and an interpolated `#unsafe` are names."""
_OWN_KEYWORD = re.compile(rb"\b(?:fn|impl|trait|static|mod|type|extern)\b")
_TYPE = re.compile(rb"unsafe\s*(?:<[^<>]*>\s*)?(?:extern\s*(?:\"[^\"]*\"\s*)?)?fn\s*[(<]")
_BLOCK = re.compile(rb"unsafe\s*\{")
_FUNCTION = re.compile(rb"unsafe\s+(?:extern\s*(?:\"[^\"]*\"\s*)?)?fn\s+(\$?[\w$]+|\[<)")
_HEADED = re.compile(rb"unsafe\s+(impl|trait)\b")
_FIELD = re.compile(rb"unsafe\s+(?:mut\s+)?\w+\s*:(?!:)")
_STATIC = re.compile(rb"unsafe\s+static\b")
_EXPRESSION = re.compile(rb"\$(\w+)\s*:\s*expr(?:_2021)?\b")
_VARIABLE = re.compile(rb"\$(\w+)")
_NEXT = re.compile(rb"unsafe\s*(\S{1,40})")
_EXPORTING = re.compile(
    r"(?:no_mangle|export_name)\b|(?:unsafe\s*\(|cfg_attr\s*\(.*)\s*(?:no_mangle|export_name)\b", re.DOTALL
)
_UNSAFE_ATTRIBUTE = re.compile(
    r"(?:unsafe\s*\(\s*)?(?:link_section|naked|ffi_pure|ffi_const|global_allocator)\b|unsafe\s*\(", re.DOTALL
)
_FOREIGN = {"function": SiteKind.FOREIGN_FN, "static": SiteKind.FOREIGN_STATIC, "associated": SiteKind.FOREIGN_TYPE,
            "alias": SiteKind.FOREIGN_TYPE}  # fmt: skip
_NAKED = re.compile(r"\bnaked\b")
_ASM = {"asm": SiteKind.INLINE_ASM, "llvm_asm": SiteKind.INLINE_ASM, "naked_asm": SiteKind.INLINE_ASM,
        "global_asm": SiteKind.GLOBAL_ASM}  # fmt: skip


class Draft(NamedTuple):
    """A site before its operations: offsets of the whole and the text that decides what it is."""

    start: int
    end: int
    kind: SiteKind
    name: str
    item: Item | None
    """The item whose body holds the site (for an item: the one around it)."""
    itself: Item | None = None
    detail: str = ""
    macro: MacroContext | None = None
    symbol: str = ""


class SiteReading(NamedTuple):
    """All sites, and the count of keywords that they account for."""

    sites: tuple[SiteFact, ...]
    keywords: int
    in_macros: int
    structured: int
    unknown: tuple[int, ...]
    """Lines of keywords outside macros that were not understood."""
    free: tuple[Placed, ...]
    """Operations in the same functions, outside every site: checks, casts and ownership moves in safe code."""


def sites(view: RustView, found: list[Placed]) -> SiteReading:
    """Every site of the file, with the operations found in it."""
    drafts = [*_item_drafts(view), *_block_drafts(view), *_asm_drafts(view)]
    structured = _structured(view, drafts)
    drafts += structured.extra
    drafts.sort(key=lambda d: (d.start, -d.end, d.kind))
    held, free = _assign(drafts, found)
    rows = zip(drafts, held, _calls(view, drafts), strict=True)
    facts = tuple(_fact(view, draft, operations, calls) for draft, operations, calls in rows)
    return SiteReading(facts, structured.total, structured.in_macros, structured.known, structured.unknown, tuple(free))


def units(view: RustView) -> list[tuple[int, int]]:
    """The stretches whose operations matter: outermost functions that hold or are a site, and items that are one."""
    found: set[tuple[int, int]] = set()
    for start, end, item in _places(view):
        function = function_around(item)
        while function is not None and function_around(function.parent) is not None:
            function = function_around(function.parent)
        found.add((function.start, function.end) if function else (start, end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda unit: (unit[0], -unit[1])):
        if not merged or start >= merged[-1][1]:
            merged.append((start, end))
    return merged


def _places(view: RustView) -> Iterator[tuple[int, int, Item | None]]:
    for found in _UNSAFE.finditer(view.text.code):
        yield found.start(), found.end(), view.scopes.around(found.start())
    for item in view.scopes.items:
        if item.kind == "function" and item.body and " extern " in f" {item.header} ":
            yield item.start, item.end, item
        elif item.kind == "impl" and item.header.lstrip().startswith(("unsafe", "default unsafe")):
            yield item.start, item.body.start if item.body else item.end, None
    for invocation in view.reading.invocations:
        if invocation.name.rsplit("::", 1)[-1] in _ASM:
            yield invocation.start, invocation.tokens.end, view.context(invocation.start)


def _item_drafts(view: RustView) -> Iterator[Draft]:
    for item in view.scopes.items:
        yield from _drafts_of(view, item)


def _drafts_of(view: RustView, item: Item) -> Iterator[Draft]:
    block = foreign_block(item)
    bridge = bridge_around(item)
    if bridge is not None:
        if block is not None and block is not item and item.kind in ("function", "associated", "alias"):
            abi = qualifiers(block.header, r"\Z").abi
            yield _draft(item, SiteKind.BRIDGE_ITEM, f'extern "{abi}"', item.name)
    elif item.kind == "extern":
        abi = qualifiers(item.header, r"\Z").abi
        yield _draft(item, SiteKind.EXTERN_BLOCK, abi)._replace(name=f'extern "{abi}"')
    elif block is not None:
        if kind := _FOREIGN.get(item.kind):
            safe = qualifiers(item.header, "fn|static|type").safe
            mutable = item.kind == "static" and static_is_mut(item)
            detail = "safe" if safe else "mut" if mutable else ""
            yield _draft(item, kind, detail, item.head.link_names(item.name)[0][0])
    elif item.kind == "function":
        yield from _function_drafts(item)
    elif item.kind == "impl" and qualifiers(item.header, "impl").unsafe:
        yield _draft(item, SiteKind.UNSAFE_IMPL, item.header)._replace(name=item.label.removeprefix("impl "))
    elif item.kind == "trait" and qualifiers(item.header, "trait").unsafe:
        yield _draft(item, SiteKind.UNSAFE_TRAIT)
    elif item.kind == "static":
        mutable = static_is_mut(item)
        if exported := item.head.symbol(item.name):
            yield _draft(item, SiteKind.EXPORT, f"static{' mut' if mutable else ''}, {exported[1]}", exported[0])
        elif mutable:
            yield _draft(item, SiteKind.STATIC_MUT)
    elif item.kind == "union":
        yield _draft(item, SiteKind.UNION)
    if item.kind not in ("extern", "macro") and (found := _unsafe_attribute(item.head)):
        naked = item.kind == "function" and _NAKED.search(found)
        yield _draft(item, SiteKind.NAKED_FN if naked else SiteKind.UNSAFE_ATTRIBUTE, found)


def _draft(item: Item, kind: SiteKind, detail: str = "", symbol: str = "") -> Draft:
    return Draft(item.start, item.end, kind, item.name, item.parent, item, detail, item.macro, symbol)


def _function_drafts(item: Item) -> Iterator[Draft]:
    before = qualifiers(item.header, "fn")
    flag = "unsafe " if before.unsafe else ""
    abi = "" if before.abi == "Rust" else f'extern "{before.abi}"'
    if exported := item.head.symbol(item.name):
        yield _draft(item, SiteKind.EXPORT, f"{flag}{abi or 'Rust ABI'}, {exported[1]}", exported[0])
    elif abi and item.body is not None:
        yield _draft(item, SiteKind.CALLBACK, f"{flag}{abi}", item.name)
    elif before.unsafe:
        yield _draft(item, SiteKind.UNSAFE_FN, "declaration" if item.body is None else "")


def _unsafe_attribute(head: Head) -> str:
    for attribute in head.attributes:
        text = attribute.text
        if text.startswith("cfg_attr") and "," in text:
            text = text[text.index("(") + 1 :].split(",", 1)[1].strip()
        if _UNSAFE_ATTRIBUTE.match(text) and not _EXPORTING.match(text):
            return attribute.text
    return ""


def _block_drafts(view: RustView) -> Iterator[Draft]:
    for piece, macro in view.reading.blocks:
        detail = _given_expressions(view, piece) if macro and macro.form is MacroForm.DEFINITION else ""
        yield Draft(piece.start, piece.end, SiteKind.UNSAFE_BLOCK, "", view.context(piece.start), None, detail, macro)


def _given_expressions(view: RustView, block: Piece) -> str:
    """The expressions of a caller that a macro puts into an unsafe block: `$a, $b`."""
    code = view.text.code
    around = [rule for rule in view.reading.rules if rule.tokens.start <= block.start and block.end <= rule.tokens.end]
    if not around:
        return ""
    pattern = max(around, key=lambda rule: rule.tokens.start).pattern
    names = dict.fromkeys(_EXPRESSION.findall(code, pattern.start, pattern.end))
    used = set(_VARIABLE.findall(code, block.start, block.end))
    return ", ".join(f"${name.decode()}" for name in names if name in used)


def _asm_drafts(view: RustView) -> Iterator[Draft]:
    for invocation in view.reading.invocations:
        name = invocation.name.rsplit("::", 1)[-1].strip()
        if kind := _ASM.get(name):
            yield Draft(invocation.start, invocation.tokens.end, kind, name, view.context(invocation.start), None,
                        "", invocation.macro)  # fmt: skip


class _Structured(NamedTuple):
    total: int
    in_macros: int
    known: int
    extra: list[Draft]
    unknown: tuple[int, ...]


def _structured(view: RustView, drafts: list[Draft]) -> _Structured:
    """Account for every `unsafe` keyword: part of a site, of a type, of an attribute, or a site of its own."""
    code = view.text.code
    heads = _keyword_heads(view, drafts)
    outer = _macro_ranges(view)
    extra: list[Draft] = []
    unknown: list[int] = []
    total = in_macros = known = pattern_at = 0
    patterns = sorted(rule.pattern for rule in view.reading.rules)
    macro_at = 0
    for found in _UNSAFE.finditer(code):
        at = found.start()
        total += 1
        while macro_at < len(outer) and outer[macro_at][1] <= at:
            macro_at += 1
        context = outer[macro_at][2] if macro_at < len(outer) and outer[macro_at][0] <= at else None
        in_macros += context is not None
        if at in heads or _TYPE.match(code, at) or _FIELD.match(code, at) or _in_attribute(code, at):
            known += 1
            continue
        while pattern_at < len(patterns) and patterns[pattern_at].end <= at:
            pattern_at += 1
        if pattern_at < len(patterns) and patterns[pattern_at].start <= at:
            known += 1
            continue
        draft, structured = _from_text(view, at, context)
        known += structured
        extra.append(draft)
        if context is None and not structured:
            unknown.append(view.text.positions.line(at))
    return _Structured(total, in_macros, known, extra, tuple(unknown))


def _in_attribute(code: bytes, at: int) -> bool:
    """Whether the keyword stands between `#[` and `]`: `unsafe(no_mangle)`, or tokens that a macro attribute takes."""
    low = code.rfind(b"#", max(at - 400, 0), at)
    return low >= 0 and b"]" not in code[low:at] and code[low + 1 : at].lstrip(b" !").startswith(b"[")


def _keyword_heads(view: RustView, drafts: Iterable[Draft]) -> set[int]:
    """Offsets of keywords that belong to the header of an item or open a block."""
    code, heads = view.text.code, set()
    for piece, _ in view.reading.blocks:
        heads.add(piece.start)
    for item in view.scopes.items:
        if item.kind in ("function", "impl", "trait", "extern", "static", "module", "associated"):
            own = _OWN_KEYWORD.search(code, item.start, item.end)
            found = _UNSAFE.search(code, item.start, own.start() if own else item.end)
            if found:
                heads.add(found.start())
    return heads


def _macro_ranges(view: RustView) -> list[tuple[int, int, MacroContext]]:
    """Outermost macro stretches, in order."""
    found: list[tuple[int, int, MacroContext]] = []
    for invocation in view.reading.invocations:
        if invocation.macro is None:
            context = MacroContext(invocation.name, MacroForm.INVOCATION)
            found.append((invocation.tokens.start, invocation.tokens.end, context))
    found += [
        (item.start, item.end, MacroContext(item.name, MacroForm.DEFINITION))
        for item in view.scopes.items
        if item.kind == "macro" and item.macro is None
    ]
    found.sort(key=lambda r: (r[0], -r[1]))
    outermost: list[tuple[int, int, MacroContext]] = []
    for start, end, context in found:
        if not outermost or start >= outermost[-1][1]:
            outermost.append((start, end, context))
    return outermost


def _from_text(view: RustView, at: int, macro: MacroContext | None) -> tuple[Draft, bool]:
    """A site told by the tokens alone, where no reading of the macro fits."""
    code, item = view.text.code, view.context(at)
    if found := _BLOCK.match(code, at):
        close = view.text.partner.get(found.end() - 1, found.end())
        return Draft(at, close + 1, SiteKind.UNSAFE_BLOCK, "", item, None, "read from tokens", macro), True
    if found := _FUNCTION.match(code, at):
        name = found[1].decode()
        return Draft(at, found.end(), SiteKind.UNSAFE_FN, name, item, None, "read from tokens", macro), True
    if found := _HEADED.match(code, at):
        kind = SiteKind.UNSAFE_IMPL if found[1] == b"impl" else SiteKind.UNSAFE_TRAIT
        return Draft(at, found.end(), kind, "", item, None, "read from tokens", macro), True
    following = _NEXT.match(code, at)
    token = following[1].decode("utf-8", "replace") if following else ""
    return Draft(at, at + 6, SiteKind.MACRO_KEYWORD, token, item, None, f"unsafe {token}".strip(), macro), False


def _assign(drafts: list[Draft], found: list[Placed]) -> tuple[list[list[Operation]], list[Placed]]:
    """Give each operation to the innermost site around it; the rest is returned as well."""
    held: list[list[Operation]] = [[] for _ in drafts]
    free: list[Placed] = []
    for placed, holder in zip(found, _holders(drafts, [(p.start, p.end) for p in found]), strict=True):
        if holder is None:
            free.append(placed)
        elif not (placed.unsafe_only and not _is_unsafe_code(drafts[holder])):
            held[holder].append(placed.operation)
    return held, free


def _calls(view: RustView, drafts: list[Draft]) -> list[list[Operation]]:
    """Every call inside unsafe code, by site."""
    paths = (match.first("path") for match, _ in view.reading.references)
    spans = sorted({(piece.start, piece.end) for piece in paths if piece is not None})
    held: list[list[Operation]] = [[] for _ in drafts]
    for (start, end), holder in zip(spans, _holders(drafts, spans), strict=True):
        if holder is not None and _is_unsafe_code(drafts[holder]):
            name = view.text.read(start, end).rsplit("::", 1)[-1].strip()
            held[holder].append(Operation("call", name, view.text.at(start, end)))
    return held


def _holders(drafts: list[Draft], spans: list[tuple[int, int]]) -> Iterator[int | None]:
    """The innermost site around each span; both lists are in document order."""
    stack: list[int] = []
    index = 0
    for start, end in spans:
        while index < len(drafts) and drafts[index].start <= start:
            while stack and drafts[stack[-1]].end <= drafts[index].start:
                stack.pop()
            stack.append(index)
            index += 1
        while stack and drafts[stack[-1]].end <= start:
            stack.pop()
        yield next((i for i in reversed(stack) if end <= drafts[i].end), None)


def _is_unsafe_code(draft: Draft) -> bool:
    return draft.itself is None or draft.itself.kind != "function" or qualifiers(draft.itself.header, "fn").unsafe


def _fact(view: RustView, draft: Draft, operations: list[Operation], calls: list[Operation]) -> SiteFact:
    text, itself = view.text, draft.itself
    function = itself if itself and itself.kind == "function" else function_around(draft.item)
    before = qualifiers(function.header, "fn") if function else None
    own = qualifiers(itself.header, "fn|impl|trait|static|union|type|extern") if itself else None
    if itself is None:
        note = note_for_block(text, draft.start, draft.end)
    else:
        note = note_for_item(text, draft.start, draft.end, itself.head)
    return SiteFact(
        kind=draft.kind,
        name=draft.name,
        owner=owner_path(draft.item),
        at=text.at(draft.start, draft.end),
        tokens=text.tokens((draft.start, draft.end)),
        visibility=own.visibility if own else "",
        unsafe=own.unsafe if own else True,
        enclosing=function.name if function else "",
        enclosing_unsafe=before.unsafe if before else False,
        enclosing_visibility=before.visibility if before else "",
        safety=note,
        cfg=cfg_around(itself or draft.item),
        macro=draft.macro,
        test=bool((itself or draft.item) and (itself or draft.item).test),  # type: ignore[union-attr]
        operations=tuple(operations),
        calls=tuple(calls),
        detail=draft.detail,
        symbol=draft.symbol,
        lines=text.positions.line(max(draft.end - 1, draft.start)) - text.positions.line(draft.start) + 1,
    )
