"""Same-length repairs for Rust that tree-sitter-rust 0.24 cannot read yet.

Every offset stays. A repair is tried only after an error, and kept only when it leaves less in error.
What is blanked is still there in the source, where extraction reads it.
"""

import re

from ffireview.syntax.captures import Parsed
from ffireview.syntax.lexer import Mask

_WORDS = re.compile(
    rb"""\b(?:
      (?P<safe>safe)(?=\s+(?:fn|static)\b)
    | (?P<static>unsafe)(?=\s+static\b)
    | impl(?:\s*<[^{};]*?>)?\s+(?P<const>const)(?=\s+[\w:$\[])
    | (?P<trait>const)(?=\s+(?:unsafe\s+)?(?:auto\s+)?trait\b)
    | (?P<auto>auto)(?=\s+trait\b)
    | (?P<default>default)(?=\s+(?:unsafe\s+)?impl\b)
    | (?P<gen>gen)(?=\s+fn\b)
    | dyn\s+(?P<lifetime>'\w+\s*\+)
    | (?P<final>final)(?=\s+(?:fn|unsafe|const|async)\b)
    | (?P<pin>pin)(?=\s+(?:mut|const)\b)
    | (?P<opaque>pub(?:\s*\([^()]*\))?)(?=\s+type\s+\w+\s*;)
    )""",
    re.VERBOSE,
)
_TILDE = re.compile(rb"(?:~const\b|\[const\])")
_BINDER = re.compile(rb"\bunsafe\s*<[^<>{};]*>")
_FIELD = re.compile(rb"(?<=[{,(\s])(unsafe)(?=\s+\w+\s*:[^:])")
_NEGATIVE = re.compile(rb"(?<=<)\s*-(?=\s*\d\w*\s*[,>])|(?<=,)\s*-(?=\s*\d\w*\s*>)")
_ATTRIBUTE = re.compile(rb"#!?\[")
_RAW_ABI = re.compile(rb'\bextern\s+(r(#*)"([\w-]+)"\2)(?=\s*(?:fn|\{))')
_TURBOFISH = re.compile(rb"(?:\btype\s+\w+\s*=|[^:]:|->)\s*(?:\w+::)*Option\s*(::)(?=\s*<)")
"""`Option::<fn()>` as a type, as c2rust writes it."""
_CAST_LESS = re.compile(rb"\bas\s+[\w:]+\s*(<)(?=[\s=\d(])")


def read_rust(source: bytes, mask: Mask) -> Parsed:
    """Parse a Rust file; where the grammar fails, again after repairs."""
    plain = Parsed(source, "rust")
    if not plain.has_error:
        return plain
    repaired = _repair_words(source, mask.code)
    best, lost = plain, _lost(plain)
    second = Parsed(repaired, "rust")
    if _lost(second) <= lost:
        best, lost = second, _lost(second)
    else:
        repaired = source
    if lost:
        blanked = _blank_attributes(repaired, mask.code, best)
        if blanked != repaired:
            third = Parsed(blanked, "rust")
            if _lost(third) < lost:
                best = third
    return best


def repair_fragment(text: bytes, code: bytes) -> bytes:
    """The word repairs alone, for a fragment of a macro."""
    return _repair_words(text, code)


def _lost(parsed: Parsed) -> int:
    return sum(max(piece.end - piece.start, 1) for piece in parsed.errors()) if parsed.has_error else 0


def _repair_words(source: bytes, code: bytes) -> bytes:
    text = bytearray(source)
    for found in _WORDS.finditer(code):
        for name in found.groupdict():
            if found[name] is not None:
                _spaces(text, *found.span(name))
    for pattern in (_TILDE, _BINDER):
        for found in pattern.finditer(code):
            _spaces(text, *found.span())
    for pattern in (_FIELD, _NEGATIVE):
        for found in pattern.finditer(code):
            start, end = found.span(1) if pattern is _FIELD else (found.end() - 1, found.end())
            _spaces(text, start, end)
    for found in _RAW_ABI.finditer(source):
        written = b'"' + found[3] + b'"'
        text[found.start(1) : found.end()] = written.rjust(found.end() - found.start(1))
    for found in _TURBOFISH.finditer(code):
        _spaces(text, *found.span(1))
    for found in _CAST_LESS.finditer(code):
        text[found.start(1)] = ord("+")
    return bytes(text)


def _blank_attributes(source: bytes, code: bytes, parsed: Parsed) -> bytes:
    """Blank attributes that stand within two lines of an error: the grammar knows them at items, not everywhere."""
    text = bytearray(source)
    for piece in parsed.errors():
        low = code.rfind(b"\n", 0, max(code.rfind(b"\n", 0, piece.start), 0)) + 1
        high = code.find(b"\n", min(piece.end + 1, len(code)))
        for found in _ATTRIBUTE.finditer(code, low, len(code) if high < 0 else high):
            end = _attribute_end(code, found.end() - 1)
            _spaces(text, found.start(), end)
    return bytes(text)


def _attribute_end(code: bytes, bracket: int) -> int:
    depth = 0
    for i in range(bracket, min(bracket + 4096, len(code))):
        if code[i] == ord("["):
            depth += 1
        elif code[i] == ord("]"):
            depth -= 1
            if not depth:
                return i + 1
    return bracket + 1


def _spaces(text: bytearray, start: int, end: int) -> None:
    for i in range(start, end):
        if text[i] != ord("\n"):
            text[i] = ord(" ")
