"""The whole of a file in captures: what the grammar sees, and what stands in macros, read again, to every depth."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ffireview.extract.rust.attributes import head_before
from ffireview.extract.rust.scopes import Item
from ffireview.extract.rust.text import RustText
from ffireview.model.facts import MacroContext, MacroForm
from ffireview.syntax.captures import Match, Parsed, Piece
from ffireview.syntax.macros import read_tokens
from ffireview.syntax.repair import read_rust

MACRO_DEPTH = 16
"""Macros inside macros are read again to this depth; a keyword below it is reported as not understood."""

_QUOTING = re.compile(r"(?:^|::)(?:quote|quote_spanned|parse_quote|parse_quote_spanned|format_ident|pquote|gen)!?$")
_INTEREST = re.compile(
    rb"\b(?:unsafe|extern|no_mangle|export_name|link_section|union|global_asm|naked_asm|asm|transmute)\b"
    rb"|\bfn\s+[\w$]|\b(?:enum|struct)\s+[A-Za-z]|\bmod\s+\w+\s*;|\bstatic\s+mut\b|\bas\s*\*|\b(?:bindings|ffi|sys|raw|libc|[a-z]\w*_sys)\s*::"
)
_ANY = re.compile(rb"[A-Za-z_]")
_BLOCK_VARIABLE = re.compile(rb"\$(\w+)\s*:\s*block\b")
_IMPL = re.compile(r"\bimpl\b\s*(?:<)?")
_QUALIFIERS = re.compile(rb"(?<![\w$#'])(?:(?:pub(?:\s*\([^()]*\))?|safe|unsafe|default|const|auto|final|gen)\s+)+\Z")
_HEADER_LIMIT = 4000


class Invocation(NamedTuple):
    """A macro invocation: its name as written, its token tree, and the macro that it stands in, if any."""

    name: str
    start: int
    tokens: Piece
    macro: MacroContext | None


class Rule(NamedTuple):
    """An arm of a `macro_rules!` definition."""

    macro: str
    pattern: Piece
    tokens: Piece


@dataclass(slots=True)
class Reading:
    """Captures of a file by what they are."""

    items: list[Item] = field(default_factory=list)
    blocks: list[tuple[Piece, MacroContext | None]] = field(default_factory=list)
    invocations: list[Invocation] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    lints: list[Piece] = field(default_factory=list)
    references: list[tuple[Match, MacroContext | None]] = field(default_factory=list)
    uses: list[tuple[Piece, Piece]] = field(default_factory=list)
    parsed: list[tuple[Parsed, MacroContext | None]] = field(default_factory=list)
    errors: list[Piece] = field(default_factory=list)


def read_file(text: RustText, names: frozenset[str] = frozenset(), *, every: bool = False) -> Reading:
    """Read a file; token trees are opened when they hold a keyword of interest or one of `names`, or `every` one."""
    reading = Reading()
    interest = _ANY if every else _INTEREST
    if names and not every:
        alternatives = "|".join(sorted(map(re.escape, names)))
        interest = re.compile(_INTEREST.pattern + rb"|\b(?:" + alternatives.encode() + rb")\b")
    parsed = read_rust(text.source, text.mask)
    reading.errors = parsed.errors() if parsed.has_error else []
    _collect(text, parsed, reading, interest, None, 0)
    return reading


def _collect(
    text: RustText,
    parsed: Parsed,
    reading: Reading,
    interest: re.Pattern[bytes],
    macro: MacroContext | None,
    depth: int,
) -> None:
    reading.parsed.append((parsed, macro))
    first = len(reading.items)
    for match in parsed.matches("declarations"):
        _collect_item(text, match, reading, macro)
    definitions = [item for item in reading.items[first:] if item.kind == "macro"]
    rules: list[tuple[Piece, Piece]] = []
    for match in parsed.matches("sites"):
        captures = match.captures
        if "block" in captures:
            reading.blocks.append((captures["block"][0], macro))
        elif "invocation" in captures:
            name = captures["name"][0]
            written = text.read(name.start, name.end)
            reading.invocations.append(Invocation(written, name.start, captures["tokens"][0], macro))
            context = macro or MacroContext(written, MacroForm.INVOCATION, bool(_QUOTING.search(written)))
            _reread(text, captures["tokens"][0], reading, interest, context, depth)
        elif "pattern" in captures:
            rules.append((captures["pattern"][0], captures["tokens"][0]))
        elif "lint" in captures:
            reading.lints.append(captures["lint"][0])
    for pattern, tokens in rules:
        around = [item for item in definitions if item.start < pattern.start and tokens.end <= item.end]
        name_of = around[-1].name if around else "?"
        reading.rules.append(Rule(name_of, pattern, tokens))
        context = macro or MacroContext(name_of, MacroForm.DEFINITION)
        blocks = frozenset(_BLOCK_VARIABLE.findall(text.code, pattern.start, pattern.end))
        _reread(text, tokens, reading, interest, context, depth, blocks)
    reading.references.extend((match, macro) for match in parsed.matches("references"))


def _reread(
    text: RustText,
    tokens: Piece,
    reading: Reading,
    interest: re.Pattern[bytes],
    macro: MacroContext,
    depth: int,
    blocks: frozenset[bytes] = frozenset(),
) -> None:
    if depth >= MACRO_DEPTH or not interest.search(text.code, tokens.start, tokens.end):
        return
    parsed = read_tokens(text.source, text.code, tokens, quoting=macro.generates, blocks=blocks)
    _collect(text, parsed, reading, interest, macro, depth + 1)


def _collect_item(text: RustText, match: Match, reading: Reading, macro: MacroContext | None) -> None:
    kind, (outer, *_) = next(
        (name, pieces) for name, pieces in match.captures.items() if name not in ("name", "parameters", "body")
    )
    name = match.first("name")
    if kind == "use":
        assert name is not None
        reading.uses.append((outer, name))
        return
    body = match.first("body")
    written = text.read(name.start, name.end) if name else ""
    header_end = body.start if body else min(outer.end, outer.start + _HEADER_LIMIT)
    header = text.read(outer.start, header_end)
    label = _impl_label(header) if kind == "impl" else written
    if kind == "extern":
        label = ""
    elif kind == "macro":
        label = written + "!"
    start = _start(text.code, outer.start)
    header = text.read(start, header_end)
    reading.items.append(
        Item(
            kind, start, outer.end, written, body, match.first("parameters"), macro,
            head_before(text, start), label if kind in _SCOPES else "", header, len(reading.parsed) - 1,
        )
    )  # fmt: skip


def _start(code: bytes, at: int) -> int:
    """The start of an item, back over qualifiers that a repair blanked."""
    found = _QUALIFIERS.search(code, max(at - 60, 0), at)
    return found.start() if found else at


_SCOPES = {"function", "impl", "trait", "module", "macro"}


def _impl_label(header: str) -> str:
    """`impl Trait for Type` without its own generics and where clause."""
    found = _IMPL.search(header)
    if not found:
        return header
    rest = header[found.end() :] if not found[0].endswith("<") else _after_generics(header, found.end())
    return "impl " + rest.split(" where ")[0].strip()


def _after_generics(header: str, at: int) -> str:
    depth = 1
    for i in range(at, len(header)):
        if header[i] == "<":
            depth += 1
        elif header[i] == ">" and header[i - 1] not in "-=":
            depth -= 1
            if not depth:
                return header[i + 1 :].strip()
    return header[at:]
