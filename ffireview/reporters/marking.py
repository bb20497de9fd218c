"""Strangers' text in Markdown, as GitHub and GitLab render it: in a sentence, a code span or a block it stays text."""

import re
from collections.abc import Iterable

from ffireview.reporters.styled import harmless

_NOTHING = "&#8203;"
"""A space without width: it parts what would be a mention, a reference or a link."""
_MEANS_SOMETHING = re.compile(r"[\\`*\[\]<>#|~&!$^{}]|(?<![^\W_])_|_(?![^\W_])")
_AT_THE_START = re.compile(r"(?:[-+=]|\d+(?=[.)]))")
_REFERENCE = re.compile(
    r"(?<=@)(?=\w)|(?<=#)(?=\w)|(?<=GH-)(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=mailto:)|(?<=xmpp:)|(?<=:)(?=[\w+-]+:)"
    r"|(?<=[!&$])(?=\d)|(?<=[%~])(?=\w)",
    re.IGNORECASE,
)
_CODE = re.compile(r"`([^`]+)`")
_TICKS = re.compile(r"`+")


def sentence(text: str) -> str:
    """A paragraph of text that may hold code between backticks, as a message does."""
    parts = _CODE.split(text)
    return _opening("".join(code(part) if at % 2 else _escaped(part) for at, part in enumerate(parts)))


def plain(text: str) -> str:
    """A paragraph in which nothing has a meaning."""
    return _opening(_escaped(text))


def _escaped(text: str) -> str:
    pieces = _REFERENCE.sub("\0", harmless(text)).split("\0")
    return _NOTHING.join(_MEANS_SOMETHING.sub(r"\\\g<0>", piece) for piece in pieces)


def _opening(marked: str) -> str:
    """A paragraph whose start makes it no list, heading or block of code."""
    marked = marked.strip()
    if start := _AT_THE_START.match(marked):
        cut = start.end() if marked[0].isdigit() else 0
        return f"{marked[:cut]}\\{marked[cut:]}"
    return marked or _NOTHING


def code(text: str) -> str:
    """A code span that holds any text."""
    inner = harmless(text)
    fence = "`" * (max(map(len, _TICKS.findall(inner)), default=0) + 1)
    pad = (
        " " if inner.startswith("`") or inner.endswith("`") or (inner.strip() and inner[0] == inner[-1] == " ") else ""
    )
    return f"{fence}{pad}{inner}{pad}{fence}" if inner.strip() else f"{fence}{inner or ' '}{fence}"


def cell(marked: str) -> str:
    """What is Markdown already, inside a table: a bar parts no cells there, not in code either."""
    return marked.replace("|", "\\|")


def block(rows: Iterable[str], language: str = "") -> str:
    """Lines of code, fenced by more backticks than any of them has."""
    lines = ["\t".join(map(harmless, row.split("\t"))) for row in rows]
    longest = max((len(run) for line in lines for run in _TICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])
