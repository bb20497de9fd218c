"""Lines of code as marked-up text, with numbers and with the lines marked that matter."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from ffireview.model.comparison import Excerpt
from ffireview.model.place import Span
from ffireview.model.quote import Quote
from ffireview.reporters.hunks import GAP, hunk
from ffireview.reporters.page.highlight import PLAIN, Token, highlight
from ffireview.reporters.styled import harmless

_CODE = re.compile(r"`([^`]+)`")
_COMMENT = re.compile(r"\s*(?:/[/*]|\*|#!?\[)|.*(?:\*/|\)\])\s*$")
_LONGEST = 400
"""Characters of a line that are shown."""
DOES, FOUND = "o", "f"
"""The classes of lines that do an operation, and of those that a finding stands at."""


class Code(NamedTuple):
    """A stretch of a file. `left_out`: how many lines of the place follow."""

    place: Span
    lines: Markup
    left_out: int = 0


def visible(text: str) -> str:
    """A stranger's text with control characters and bidirectional marks as escapes. Tabs stay."""
    return "\t".join(map(harmless, text.split("\t")))


def prose(text: str) -> Markup:
    """A message; what stands between backticks is code."""
    parts = (f"<code>{_text(part)}</code>" if at % 2 else _text(part) for at, part in enumerate(_CODE.split(text)))
    return _escaped(parts)


def stretch(span: Span, lines: int, before: int = 0, after: int = 0) -> Span:
    """Whole lines: the first of a place, and some around it."""
    first = max(span.line - before, 1)
    return Span(span.path, first, 1, min(span.end_line, span.line + lines - 1) + after, 1)


def code(place: Span, window: Quote | None, marks: Mapping[int, str] | None = None) -> Code | None:
    """The lines of a window around a place, or nothing when they could not be read."""
    if window is None or not window.rows:
        return None
    rows = highlight(_cut(window.rows), place.path.endswith(".rs"))
    shown = (_line(window.line + at, tokens, (marks or {}).get(window.line + at, "")) for at, tokens in enumerate(rows))
    return Code(place, _escaped(shown), max(place.end_line - window.line - len(window.rows) + 1, 0))


def documented(
    place: Span, window: Quote | None, above: int = 0, marks: Mapping[int, str] | None = None
) -> Code | None:
    """A place out of a window that starts higher: with some lines above it, or, where those are none, with the comment
    and the attributes right above it. Blank lines at the ends are cut."""
    if window is None or not window.rows:
        return None
    first = max(place.line - window.line - above, 0)
    rows = window.rows
    while not above and 0 < first <= len(rows) and _COMMENT.match(rows[first - 1]):
        first -= 1
    while first < place.line - window.line and not rows[first].strip():
        first += 1
    last = len(rows)
    while last > first + 1 and not rows[last - 1].strip():
        last -= 1
    return code(place, Quote(window.line + first, rows[first:last]), marks)


def change(before: Excerpt | None, after: Excerpt | None) -> Markup:
    """Both sides of a change as one hunk."""
    return _escaped(
        _GAP if row.sign == GAP else _line(row.number, [Token(row.text[:_LONGEST], PLAIN)], _SIGNS[row.sign])
        for row in hunk(before, after)
    )


def excerpt(part: Excerpt) -> Code:
    """Unchanged lines, some of them left out."""
    rows = highlight(_cut(row.text for row in part.rows), part.span.path.endswith(".rs"))
    lines = (_line(row.number, tokens, "") if row.number else _GAP for row, tokens in zip(part.rows, rows, strict=True))
    return Code(part.span, _escaped(lines))


_SIGNS = {" ": "", "+": "a", "-": "r"}
_GAP = "<span data-n=''>…\n</span>"


def _cut(rows: Iterable[str]) -> list[str]:
    return [row if len(row) <= _LONGEST else row[: _LONGEST - 1] + "…" for row in rows]


def _line(number: int, tokens: Iterable[Token], mark: str) -> str:
    text = "".join(f"<i class={kind}>{_text(text)}</i>" if kind != PLAIN else _text(text) for text, kind in tokens)
    kind = f" class={mark}" if mark else ""
    return f"<span{kind} data-n={number}>{text}\n</span>"


def _text(text: str) -> str:
    return escape(visible(text))


def _escaped(parts: Iterable[str]) -> Markup:
    """Pieces of which each is an element of this module, or went through `_text`."""
    return Markup("".join(parts))  # noqa: S704
