"""Lines of Rust or C as tokens of a few classes: enough to see comments, strings and `unsafe` at a glance.

Made when a report is written, so that it needs no script to be read. A window starts anywhere in a file: a comment that
began above it is known by the stars before its lines, else not, and nothing fails for it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

COMMENT, STRING, KEYWORD, UNSAFE, NUMBER, PLAIN = "c", "s", "k", "u", "n", ""

_RUST = (
    "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move "
    "mut pub ref return self Self static struct super trait true type union use where while yield"
)
_C = (
    "auto bool break case catch char class const constexpr continue default delete do double else enum explicit extern "
    "false final float for friend goto if inline int long namespace new noexcept nullptr operator override private "
    "protected public register restrict return short signed sizeof static struct switch template this throw true try "
    "typedef typename union unsigned using virtual void volatile while"
)
_KEYWORDS = {"rust": frozenset(_RUST.split()), "c": frozenset(_C.split())}
_TOKENS = {
    "rust": re.compile(
        r"(?P<c>//.*|/\*)|(?P<raw>\b(?:b|c|br|cr|r)(?P<hashes>#*)\"|\")|(?P<s>b?'(?:\\.[^']*|[^\\'])')"
        r"|(?P<n>\b\d[\w.]*)|(?P<w>[^\W\d]\w*)"
    ),
    "c": re.compile(
        r"(?P<c>//.*|/\*)|(?P<s>\"(?:\\.|[^\"\\])*\"?|'(?:\\.|[^'\\])*'?)|(?P<n>\b\d[\w.]*)|(?P<w>#?[^\W\d]\w*)"
    ),
}
_ESCAPED_END = re.compile(r'(?:\\.|[^"\\])*"')


class Token(NamedTuple):
    """A piece of a line and its class."""

    text: str
    kind: str


def highlight(rows: Sequence[str], rust: bool) -> list[list[Token]]:
    """The tokens of each line; joined they are the line."""
    language = "rust" if rust else "c"
    found: list[list[Token]] = []
    inside = "*/" if _starts_inside(rows) else ""
    for row in rows:
        tokens, inside = _line(row, language, inside)
        found.append(tokens)
    return found


def _starts_inside(rows: Sequence[str]) -> bool:
    """Whether the first lines are the rest of a comment: each starts with a star, and the last ends it."""
    for row in rows:
        text = row.strip()
        if text.endswith("*/") and "/*" not in text:
            return True
        if text != "*" and not text.startswith("* "):
            return False
    return False


def _line(row: str, language: str, inside: str) -> tuple[list[Token], str]:
    """The tokens of a line, and what ends the comment or string that goes on behind it."""
    tokens: list[Token] = []
    at = 0
    if inside:
        kind = COMMENT if inside == "*/" else STRING
        at = _end(row, 0, inside)
        tokens.append(Token(row[: at if at >= 0 else len(row)], kind))
        if at < 0:
            return tokens, inside
    while found := _TOKENS[language].search(row, at):
        if found.start() > at:
            tokens.append(Token(row[at : found.start()], PLAIN))
        kind, closing = _kind(found, language)
        at = found.end()
        if closing:
            at = _end(row, found.end(), closing)
            tokens.append(Token(row[found.start() : at if at >= 0 else len(row)], kind))
            if at < 0:
                return tokens, closing
        else:
            tokens.append(Token(found[0], kind))
    if at < len(row):
        tokens.append(Token(row[at:], PLAIN))
    return tokens, ""


def _kind(found: re.Match[str], language: str) -> tuple[str, str]:
    """The class of a token, and what ends it where that may be on another line."""
    text = found[0]
    groups = found.groupdict()
    if groups["c"] is not None:
        return COMMENT, "*/" if text == "/*" else ""
    if groups.get("raw") is not None:
        return STRING, '"' + groups["hashes"] if groups["hashes"] or "r" in text else '"\\'
    if groups["s"] is not None:
        return STRING, ""
    if groups["n"] is not None:
        return NUMBER, ""
    if text == "unsafe":
        return UNSAFE if language == "rust" else PLAIN, ""
    return KEYWORD if text in _KEYWORDS[language] or text.startswith("#") else PLAIN, ""


def _end(row: str, start: int, closing: str) -> int:
    """Where a comment or string ends in a line; -1 when it goes on."""
    if closing == '"\\':
        ended = _ESCAPED_END.match(row, start)
        return ended.end() if ended else -1
    at = row.find(closing, start)
    return at + len(closing) if at >= 0 else -1
