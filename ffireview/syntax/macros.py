"""Token trees of macros, read again as Rust.

To the grammar, what stands in a macro is a bag of tokens. Here the bag is read as items, as a block, as arguments,
as fields, as match arms, as members, whichever leaves least in error. Metavariables become names of the same length.
"""

import re

from ffireview.syntax.brackets import pairs
from ffireview.syntax.captures import Parsed, Piece
from ffireview.syntax.repair import repair_fragment
from ffireview.syntax.trees import Tree

_READINGS = (
    (b"", b""),
    (b"fn _f(){", b"\n}"),
    (b"fn _f(){_f(", b"\n)}"),
    (b"fn _f(){S{", b"\n}}"),
    (b"fn _f(){match s{", b"\n}}"),
    (b"impl S{", b"\n}"),
    (b"extern{", b"\n}"),
    (b"struct S{", b"\n}"),
)
_VALUES = (
    ("arguments", b"fn _f(){_f(", b"\n)}"),
    ("array_expression", b"fn _f(){_f([", b"\n])}"),
    ("block", b"fn _f(){", b"\n}"),
)
"""How the tokens of a macro inside a function may read: the kind of the node that holds them, and what is put around
them. The last byte before and the first after the tokens belong to that node."""
_SPECIAL = re.compile(rb"[$#]|<-|\[<")
_META = re.compile(rb"\$\s*crate\b|\$(?=[A-Za-z_])|\$\s*\(|\[<|<-(?!\s*\d)")
_QUOTED = re.compile(rb"#(?=[A-Za-z_])|#\s*\(")
_REPEAT_TAIL = re.compile(rb"\)\s*[^\s\w(){}\[\]]?\s*[*+?]")
SIZE_LIMIT = 2_000_000
"""A token tree larger than this is read once, as items or statements, not in every way."""
PASTE_LIMIT = 200
"""Bytes in which a pasted name must close."""


def read_tokens(
    source: bytes, code: bytes, tree: Piece, *, quoting: bool = False, blocks: frozenset[bytes] = frozenset()
) -> Parsed:
    """Read the token tree at `tree` (brackets included) as the kind of Rust that fits it best. `blocks` are the
    metavariables that stand for a block."""
    start, end = tree.start + 1, max(tree.end - 1, tree.start + 1)
    text = _substitute(bytearray(source[start:end]), code[start:end], quoting=quoting)
    for name in blocks:
        for found in re.finditer(rb"\$" + name + rb"\b", code[start:end]):
            body = b"{}".ljust(found.end() - found.start())
            text = text[: found.start()] + body + text[found.end() :]
    best: Parsed | None = None
    least = 0
    for prefix, suffix in _READINGS:
        parsed = Parsed(prefix + text + suffix, "rust", shift=start - len(prefix), start=start, end=end)
        if not parsed.has_error:
            return parsed
        lost = sum(max(piece.end - piece.start, 1) for piece in parsed.errors())
        if best is None or lost < least:
            best, least = parsed, lost
        if len(text) > SIZE_LIMIT:
            break
    assert best is not None
    return best


def read_values(
    source: bytes, code: bytes, tree: Piece, leaves: frozenset[str], depth: int, *, quoting: bool = False
) -> Tree | None:
    """Read the token tree at `tree` as what a macro inside a function takes: values with commas, `value; count`, or
    statements. None when it is neither."""
    start, end = tree.start + 1, max(tree.end - 1, tree.start + 1)
    text, own = source[start:end], code[start:end]
    if _SPECIAL.search(own):
        text = _substitute(bytearray(text), own, quoting=quoting)
    for kind, prefix, suffix in _VALUES:
        parsed = Parsed(prefix + text + suffix, "rust", shift=start - len(prefix), start=start, end=end)
        if not parsed.has_error and (found := parsed.tree(kind, start - 1, end + 2, leaves, depth)):
            return found
    return None


def _substitute(text: bytearray, code: bytes, *, quoting: bool) -> bytes:
    partner = pairs(code)
    for found in _META.finditer(code):
        token = found[0]
        if token.endswith(b"crate"):
            text[found.start()] = ord(" ")
        elif token.endswith(b"("):
            _open_repetition(text, code, found.start(), partner.get(found.end() - 1, -1))
        elif token == b"[<":
            _paste(text, code, found.start())
        elif token == b"<-":
            text[found.start() : found.end()] = b": "
        else:
            text[found.start()] = ord("_")
    if quoting:
        for found in _QUOTED.finditer(code):
            if found[0].endswith(b"("):
                _open_repetition(text, code, found.start(), partner.get(found.end() - 1, -1))
            else:
                text[found.start()] = ord("_")
    return repair_fragment(bytes(text), bytes(code))


def _open_repetition(text: bytearray, code: bytes, start: int, close: int) -> None:
    """Blank `$(` and its `),*`, so that what repeats is read once."""
    tail = _REPEAT_TAIL.match(code, close) if close >= 0 else None
    if tail is None:
        return
    bracket = code.index(b"(", start)
    text[start : bracket + 1] = b" " * (bracket + 1 - start)
    separator = b";" if b";" in tail[0] else b"," if b"," in tail[0] else b" "
    text[tail.start() : tail.end()] = separator + b" " * (tail.end() - tail.start() - 1)


def _paste(text: bytearray, code: bytes, start: int) -> None:
    """Make one name of `[<a $b>]`."""
    end = code.find(b">]", start, start + PASTE_LIMIT)
    if end >= 0 and b"\n" not in code[start:end]:
        text[start : end + 2] = b"_" * (end + 2 - start)
