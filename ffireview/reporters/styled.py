"""Lines of styled pieces: what a terminal shows with colour and a pipe without. A stranger's text is made harmless."""

import re
import unicodedata
from collections.abc import Sized
from typing import NamedTuple

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
