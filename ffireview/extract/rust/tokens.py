"""The tokens of a stretch of Rust, and whether two such lists differ in the names of locals only."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ffireview.extract.rust.text import RustText
from ffireview.model.items import Local
from ffireview.model.place import Range
from ffireview.syntax.tokens import RUST_TOKEN, listed

_OPENING = {"(": ")", "[": "]", "{": "}"}
_LITERAL_NAMES = {"stringify", "concat_idents", "offset_of", "container_of", "span_of", "field_of"}
"""Macros in which a bare name is not the local of that name."""
_BLOCK_WORDS = {"if", "while", "match", "in"}
_BEFORE_BLOCK = {"else", "unsafe", "loop", "move", "async", "const", "try"}
_NAME = re.compile(r"(?:r#)?[^\W\d]\w*|\$\w+")
_INLINE = re.compile(r"(?<!\{)((?:\{\{)*)\{(\w+)(?=[:}])")
_FIXED = {"'static", "'_"}


def tokens(source: bytes, at: Range) -> tuple[str, ...]:
    """The tokens of a range of a file: no comments, no layout, no trailing commas; literals are one token each."""
    return tokens_of(RustText(source), at)


def tokens_of(text: RustText, at: Range) -> tuple[str, ...]:
    """The same for a file that is read already."""
    return listed(RUST_TOKEN, text.uncommented, *text.offsets.of(at))


def same_but_renamed(
    before: Sequence[str], after: Sequence[str], locals_before: Sequence[Local], locals_after: Sequence[Local]
) -> dict[str, str] | None:
    """Old names to new ones when that is all that differs; empty when nothing does, None when more does.

    `locals_before` and `locals_after` are those of the enclosing functions. A name may only be renamed where it means
    a local, everywhere alike, to a name that was no local before, and when it is none afterwards. So the other of two
    locals, a field, a method or a function of that name is a change.
    """
    if len(before) != len(after):
        return None
    old, new = _names(locals_before), _names(locals_after)
    renamed: dict[str, str] = {}
    origin: dict[str, str] = {}
    kept: set[str] = set()
    for was, now in zip(_read(before, old), _read(after, new), strict=True):
        if was.local and now.local and was.text != now.text:
            fresh = was.text in old and was.text not in new and now.text in new and now.text not in old
            if not fresh or renamed.setdefault(was.text, now.text) != now.text:
                return None
            if origin.setdefault(now.text, was.text) != was.text:
                return None
        elif was.text == now.text:
            kept |= {was.text} if was.local or now.local else set()
        elif not (was.inline and now.inline):
            return None
    if kept & (renamed.keys() | origin.keys()):
        return None
    inline = zip(_read(before, old), _read(after, new), strict=True)
    if any(was.inline and _renamed_inline(was.text, renamed) != now.text for was, now in inline):
        return None
    return renamed


def _names(found: Sequence[Local]) -> dict[str, bool]:
    """Names of locals, and whether a call of that name may be a call of the local."""
    names: dict[str, bool] = {}
    for local in found:
        names[local.name] = names.get(local.name, False) or local.callable
    return names


class _Token(NamedTuple):
    text: str
    local: bool
    """Whether a local of this name would be meant here."""
    inline: bool
    """Whether it is a string in a macro, which may name locals in braces."""


class _Bracket(NamedTuple):
    opening: str
    macro: str
    """The macro whose input this is, or stands in."""
    fields: bool
    """Whether it may list fields: `Point {`."""


def _read(tokens: Sequence[str], names: dict[str, bool]) -> Iterator[_Token]:
    stack = [_Bracket("", "", False)]
    for i, token in enumerate(tokens):
        if token in _OPENING:
            stack.append(_bracket(tokens, i, stack[-1]))
        elif token in _OPENING.values() and len(stack) > 1:
            stack.pop()
        if token[:1] == "'" and not token.endswith("'"):
            yield _Token(token, token not in _FIXED, False)
        elif token[:1] in ('"', "r") and token[-1:] in ('"', "#"):
            yield _Token(token, False, bool(stack[-1].macro))
        else:
            yield _Token(token, _means_local(tokens, i, stack[-1], names), False)


def _bracket(tokens: Sequence[str], i: int, around: _Bracket) -> _Bracket:
    before = tokens[i - 1] if i else ""
    macro = tokens[i - 2] if before == "!" and i > 1 and _NAME.fullmatch(tokens[i - 2]) else around.macro
    return _Bracket(tokens[i], macro, tokens[i] == "{" and _lists_fields(tokens, i))


def _lists_fields(tokens: Sequence[str], i: int) -> bool:
    """Whether a brace may open a literal or pattern of a record; in doubt it may."""
    before = tokens[i - 1] if i else ""
    if not (_NAME.fullmatch(before) or before == ">") or before in _BEFORE_BLOCK:
        return False
    valued, depth = False, 0
    for at in range(i - 1, -1, -1):
        word = tokens[at]
        if word in (")", "]"):
            depth += 1
        elif depth:
            depth -= word in ("(", "[")
        elif word in _BLOCK_WORDS:
            return False
        elif word == "let":
            return not (valued and at and tokens[at - 1] in ("if", "while", "&&"))
        elif word in (";", "{", "}", ",", "=>", "(", "[", "return"):
            return True
        valued = valued or word == "="
    return True


def _means_local(tokens: Sequence[str], i: int, bracket: _Bracket, names: dict[str, bool]) -> bool:
    token = tokens[i]
    if not _NAME.fullmatch(token) or bracket.macro in _LITERAL_NAMES:
        return False
    before = tokens[i - 1] if i else ""
    after = tokens[i + 1] if i + 1 < len(tokens) else ""
    if before in (".", "::") or after in ("::", "!") or (after == "(" and not names.get(token, False)):
        return False
    while bracket.fields and before in ("ref", "mut"):
        i -= 1
        before = tokens[i - 1] if i else ""
    if bracket.fields and before in ("{", ",") and after in (":", ",", "}"):
        return False
    return not (bracket.macro and before in ("(", ",") and after == "=")


def _renamed_inline(text: str, renamed: dict[str, str]) -> str:
    """A format string with the names in its braces renamed."""
    return _INLINE.sub(lambda found: f"{found[1]}{{{renamed.get(found[2], found[2])}", text)
