"""Lines of styled pieces: what a terminal shows with colour and a pipe without. A stranger's text is made harmless."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sized
from textwrap import wrap
from typing import NamedTuple

from ffireview.model.place import Problem

_HARMLESS = re.compile(r"[\x20-\x7e]*")


class Piece(NamedTuple):
    """A piece of a line and its style (a rich style name, or empty)."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]


def plain(lines: list[Line]) -> str:
    """The lines without styles."""
    return "".join("".join(piece.text for piece in line).rstrip() + "\n" for line in lines)


def harmless(text: str) -> str:
    """A stranger's text for a terminal: control characters, bidirectional overrides and the like become escapes."""
    if _HARMLESS.fullmatch(text):
        return text
    return "".join(
        char
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        else f"\\u{{{ord(char):x}}}"
        for char in text
    )


def number(things: Sized, noun: str) -> str:
    """`1 problem`, `2 problems`."""
    return f"{len(things):,} {noun}{'' if len(things) == 1 else 's'}"


def shorten(text: str, width: int) -> str:
    """At most `width` characters, the end cut."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, broken between words."""
    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def risk_style(value: int) -> str:
    """The style of a score from 0 to 100."""
    return "bold red" if value >= 60 else "red" if value >= 40 else "yellow" if value >= 20 else "green"


def problem_lines(problems: tuple[Problem, ...], *, verbose: bool) -> list[Line]:
    """How many problems of each kind there are; all of them when verbose."""
    if not problems:
        return []
    counts = Counter(problem.kind for problem in problems)
    text = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items()))
    lines: list[Line] = [
        (Piece(f"{number(problems, 'problem')}: {text}", "yellow"), Piece("" if verbose else " (-v lists them)"))
    ]
    for problem in problems if verbose else ():
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        lines.append((Piece(f"  {harmless(place)}: {problem.kind}: {harmless(problem.message)}"),))
    return lines
