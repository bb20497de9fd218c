"""Comments and literals of Rust and of C, found without a grammar, so that nothing inside them is taken for code.

This is the witness for completeness: a keyword that the mask leaves is a keyword of the language.
"""

import re
from typing import NamedTuple

_TOKEN = re.compile(
    rb"""//[^\n]*
    | /\*
    | \b(?:br|cr|r)(\#*)"
    | [bc]?"(?>[^"\\]*(?:\\.[^"\\]*)*)"
    | b?'(?:\\(?:x[0-9a-fA-F]{2}|u\{[^}']*\}|.)|[^\\'\n\x80-\xff]|[\xc2-\xf4][\x80-\xbf]{1,3})'""",
    re.VERBOSE | re.DOTALL,
)
_C_TOKEN = re.compile(
    rb"""//(?:[^\n\\]|\\.)*
    | /\*(?>[^*]*(?:\*(?!/)[^*]*)*)(?:\*/)?
    | \bR"([^()\\\s]{0,16})\(
    | "(?>[^"\\\n]*(?:\\.[^"\\\n]*)*)"
    | (?<![0-9])'(?:[^'\\\n]|\\.)+'""",
    re.VERBOSE | re.DOTALL,
)
_NESTED = re.compile(rb"/\*|\*/")
_NOT_NEWLINE = re.compile(rb"[^\n]")


class Comment(NamedTuple):
    """A comment, or a run of line comments on its own lines, by byte offsets."""

    start: int
    end: int


class Mask(NamedTuple):
    """The source with comments and the insides of literals blanked at the same length, and where the comments were."""

    code: bytes
    comments: tuple[Comment, ...]


def mask(source: bytes) -> Mask:
    """Blank everything that is not code; every offset stays."""
    pieces: list[bytes] = []
    comments: list[Comment] = []
    at, end = 0, len(source)
    while found := _TOKEN.search(source, at):
        start, stop = found.span()
        pieces.append(source[at:start])
        token = found[0]
        if token.startswith(b"/"):
            if token == b"/*":
                stop = _block_end(source, stop)
            comments.append(Comment(start, stop))
            pieces.append(_blank(source[start:stop]))
        elif found[1] is not None:
            quote = b'"' + found[1]
            close = source.find(quote, stop)
            stop = end if close < 0 else close + len(quote)
            pieces.append(b'"' + _blank(source[start + 1 : stop - 1]) + b'"' if stop - start > 1 else b" ")
        else:
            pieces.append(token[:1] + _blank(token[1:-1]) + token[-1:])
        at = stop
    pieces.append(source[at:])
    return Mask(b"".join(pieces), tuple(comments))


def mask_c(source: bytes) -> Mask:
    """The same for C and C++."""
    pieces: list[bytes] = []
    comments: list[Comment] = []
    at = 0
    while found := _C_TOKEN.search(source, at):
        start, stop = found.span()
        pieces.append(source[at:start])
        if source[start] == ord("/"):
            comments.append(Comment(start, stop))
            pieces.append(_blank(source[start:stop]))
        else:
            if found[1] is not None:
                close = source.find(b")" + found[1] + b'"', stop)
                stop = len(source) if close < 0 else close + len(found[1]) + 2
            pieces.append(source[start : start + 1] + _blank(source[start + 1 : stop - 1]) + source[stop - 1 : stop])
        at = stop
    pieces.append(source[at:])
    return Mask(b"".join(pieces), tuple(comments))


def _blank(text: bytes) -> bytes:
    return _NOT_NEWLINE.sub(b" ", text) if b"\n" in text else b" " * len(text)


def _block_end(source: bytes, at: int) -> int:
    depth = 1
    for found in _NESTED.finditer(source, at):
        depth += 1 if found[0] == b"/*" else -1
        if not depth:
            return found.end()
    return len(source)
