"""TOML as it is written: every key with its value's text and place. What is no TOML gives fewer entries, no error."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from ffireview.syntax.brackets import pairs, parts, stripped

_TOKEN = re.compile(
    rb'"""(?>(?:[^"\\]|\\.|"(?!""))*)"""'
    rb"|'''(?>(?:[^']|'(?!''))*)'''"
    rb'|"(?>[^"\\\n]*(?:\\.[^"\\\n]*)*)"'
    rb"|'[^'\n]*+'|\#[^\n]*",
    re.DOTALL,
)
_NOT_NEWLINE = re.compile(rb"[^\n]")
_HEADER = re.compile(rb"\[\[?([^\n]*?)\]\]?[ \t]*\r?$", re.MULTILINE)
_NAME = re.compile(r'"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([^.\s]+)')
_DEPTH = 10
"""Names on the way to a key; tables deeper than this set nothing that cargo knows."""
_STOP = re.compile(rb"[\n{\[(]")


_DEEP = re.compile(rb"""(?<![\w-]) (?: (?: [\w-]++ | "[^"\n]*+" | '[^'\n]*+' ) [ \t]*+ \. [ \t]*+ ){50}""", re.VERBOSE)


class Entry(NamedTuple):
    """One key: the names that lead to it, the text of its value on one line, and where it stands."""

    path: tuple[str, ...]
    value: str
    start: int
    end: int


def load(source: bytes) -> dict[str, Any]:
    """A whole file as the standard library reads it; ValueError, with words for a person, where it is no TOML.

    That reader takes a time that grows with the square of a dotted key, and as many frames as tables are deep."""
    if deep := _DEEP.search(source):
        raise ValueError(f"names too deep (line {source.count(bytes([10]), 0, deep.start()) + 1})")
    try:
        return tomllib.loads(source.decode("utf-8"))
    except RecursionError:
        raise ValueError("tables too deep") from None


def entries(source: bytes) -> Iterator[Entry]:
    """Every key of a file, in order; those of inline tables follow the key that holds the table."""
    code, plain = _masked(source)
    partner = pairs(code)
    table: tuple[str, ...] = ()
    at = 0
    while at < len(code):
        at = stripped(code, at, len(code))[0]
        end = code.find(b"\n", at)
        end = len(code) if end < 0 else end
        if code[at : at + 1] == b"[":
            if header := _HEADER.match(code, at, end):
                table = _names(plain[header.start(1) : header.end(1)])
            at = end
            continue
        sign = code.find(b"=", at, end)
        if sign < 0:
            at = end
            continue
        end = _value_end(code, partner, sign + 1)
        yield from _entries(code, plain, partner, table, (at, end))
        at = end


def text_of(value: str) -> str:
    """A value without the quotes of a plain string."""
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" and value[0] not in value[1:-1]
    return value[1:-1] if quoted else value


def _entries(
    code: bytes, plain: bytes, partner: dict[int, int], table: tuple[str, ...], stretch: tuple[int, int]
) -> Iterator[Entry]:
    """The key in a stretch and, when its value is an inline table, the keys in that."""
    waiting = [(table, stretch)]
    while waiting:
        above, (start, end) = waiting.pop()
        sign = code.find(b"=", start, end)
        if sign < 0:
            continue
        path = (*above, *_names(plain[start:sign]))
        if not path or len(path) > _DEPTH:
            continue
        low, high = stripped(code, sign + 1, end)
        yield Entry(path, " ".join(plain[low:high].decode("utf-8", "replace").split()), start, high)
        if code[low : low + 1] == b"{" and partner.get(low) == high - 1:
            inner = parts(code, partner, low + 1, high - 1)
            waiting.extend((path, one) for one in reversed(inner))


def _masked(source: bytes) -> tuple[bytes, bytes]:
    """The source with strings blanked inside and comments whole, and the source without comments."""
    code, plain = bytearray(source), bytearray(source)
    for found in _TOKEN.finditer(source):
        start, end = found.span()
        if found[0].startswith(b"#"):
            code[start:end] = plain[start:end] = b" " * (end - start)
        else:
            code[start + 1 : end - 1] = b"x" * (end - start - 2)
    return bytes(code), bytes(plain)


def _names(written: bytes) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _NAME.findall(written.decode("utf-8", "replace")))


def _value_end(code: bytes, partner: dict[int, int], at: int) -> int:
    while (found := _STOP.search(code, at)) is not None:
        if found[0] == b"\n":
            return found.start()
        at = max(partner.get(found.start(), found.start()), found.start()) + 1
    return len(code)
