"""Tokens of Rust and C: hashed where only equality counts, listed and spelled where someone reads them.

All of it works on source whose comments are blanked. Layout and trailing commas do not count.
"""

import hashlib
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

_HASHED = re.compile(rb"\w+|,(?!\s*[)\]}>])|[^\w\s,]+?")
_JOINED = rb"""
      \.\.[.=]? | ::  | ->  | =>  | && | \|\|
    | [=!<>+\-*/%&|^]=
    | ,(?!\s*[)\]}>])
    | [^\s,\\]"""
RUST_TOKEN = re.compile(
    rb"""(?:br|cr|r)(?P<hashes>\#*)".*?"(?P=hashes)
    | [bc]?"(?>[^"\\]*(?:\\.[^"\\]*)*)"
    | b?'(?:\\(?:x[0-9a-fA-F]{2}|u\{[^}']*\}|.)|[^\\'\n\x80-\xff]|[\xc2-\xf4][\x80-\xbf]{1,3})'
    | '[A-Za-z_]\w*
    | \$?(?:r\#)?[\w\x80-\xff]+
    |"""
    + _JOINED,
    re.VERBOSE | re.DOTALL,
)
C_TOKEN = re.compile(
    rb"""(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"
    | (?:u8|[uUL])?"(?>[^"\\\n]*(?:\\.[^"\\\n]*)*)"
    | (?:u8|[uUL])?'(?:[^'\\\n]|\\.)+'
    | [\w\x80-\xff]+
    | \+\+ | -- | \#\# | <<=? | >>=?
    |"""
    + _JOINED,
    re.VERBOSE | re.DOTALL,
)
_OPENING = {"(", "["}
_CLOSING = {")", "]", ",", ";", ".", "?", ":", "::", "..", "..=", "...", "++", "--"}
_TIGHT = {*_OPENING, ".", "::", "#", "..", "..=", "##"}
_PREFIX = {"&", "&&", "*", "-", "+", "~"}
_KEYWORDS = {
    "as", "break", "case", "const", "else", "for", "if", "impl", "in", "let", "loop", "match", "move", "mut", "return",
    "sizeof", "switch", "typedef", "unsafe", "where", "while",
}  # fmt: skip
_GENERIC = re.compile(r"(?:[A-Z]\w*[a-z]\w*|[A-Z]|fn|impl|\w+_(?:cast|guard|lock|ptr)|template|for)\Z")


class TokenHashes:
    """The tokens of one text, read once, so that nested stretches are not read again and again."""

    def __init__(self, uncommented: bytes) -> None:
        self._uncommented = uncommented

    def hash(self, *stretches: tuple[int, int]) -> str:
        """One hash of the tokens that start in the stretches."""
        starts, offsets, text = self._index
        joined = b"".join(text[offsets[bisect_left(starts, a)] : offsets[bisect_left(starts, b)]] for a, b in stretches)
        return hashlib.blake2b(joined, digest_size=8).hexdigest()

    @cached_property
    def _index(self) -> "tuple[array[int], array[int], bytes]":
        """Where each token starts, where it starts in the joined tokens, and the joined tokens."""
        starts, offsets, joined = array("L"), array("L"), bytearray()
        for found in _HASHED.finditer(self._uncommented):
            starts.append(found.start())
            offsets.append(len(joined))
            joined += found[0]
            joined += b" "
        offsets.append(len(joined))
        return starts, offsets, bytes(joined)


def hash_of(uncommented: bytes) -> str:
    """The hash of all tokens of a text."""
    return TokenHashes(uncommented).hash((0, len(uncommented)))


def listed(pattern: re.Pattern[bytes], uncommented: bytes, start: int, end: int) -> tuple[str, ...]:
    """The tokens between two offsets, literals whole."""
    return tuple(found[0].decode("utf-8", "replace") for found in pattern.finditer(uncommented, start, end))


def spell(tokens: Sequence[str], *, arrow: bool = True) -> str:
    """One line that depends on the tokens alone. `arrow`: whether `->` stands between spaces, as in Rust."""
    return "".join(_spelled(tokens, arrow=arrow))


def is_word(token: str) -> bool:
    """Whether a token is a name, keyword or number."""
    return token[:1] == "_" or token[:1].isalnum() or token[:1] == "$"


def _spelled(tokens: Sequence[str], *, arrow: bool) -> Iterator[str]:
    angles = 0
    tight = False
    for i, word in enumerate(tokens):
        before = tokens[i - 1] if i else ""
        generic = word == "<" and (
            before == "::" or bool(_GENERIC.match(before)) or (arrow and before != "<" and _is_prefix(before))
        )
        closing = word == ">" and angles > 0
        shift = before == word and word in "<>"
        if before and not tight and not closing and not shift and not (generic and is_word(before)):
            after = tokens[i + 1] if i + 1 < len(tokens) else ""
            if _apart(before, word, after, arrow=arrow):
                yield " "
        yield word
        angles += generic - closing
        tight = generic or (word in _PREFIX and _is_prefix(before)) or (word == "!" and not _is_macro(before))


def _is_macro(before: str) -> bool:
    """Whether a `!` after this word belongs to a macro's name and is no negation."""
    return is_word(before) and before not in _KEYWORDS


def _is_prefix(before: str) -> bool:
    """Whether an operator after this word has one operand."""
    return before in _KEYWORDS or not (is_word(before) or before in (")", "]", "?", ">") or before.endswith(("'", '"')))


def _apart(before: str, word: str, after: str, *, arrow: bool) -> bool:
    if before in _TIGHT or word in _CLOSING or (not arrow and "->" in (before, word)):
        return False
    if word in _OPENING:
        return before in _KEYWORDS or not (is_word(before) or before in (")", "]", ">", "!", "?"))
    if word == "!":
        return not (_is_macro(before) and after in ("(", "[", "{"))
    return True
