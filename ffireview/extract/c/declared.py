"""What a declaration of C or C++ names, read from what stands before its body, its `=` or its `;`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.extract.c.declarators import parameter
from ffireview.extract.c.text import CText
from ffireview.extract.c.touched import KEYWORDS
from ffireview.syntax.brackets import parts, stripped

_GROUP = re.compile(
    rb"(?P<stop>(?<![=!<>+\-*/%&|^])=(?!=)|(?<!:):(?!:))"
    rb"|(?P<name>\boperator\b\s*(?:\(\s*\)|\[\s*\]|[^\s\w(]+|[\w\s:*&]{1,80})|~?\b[A-Za-z_]\w*)(?:\s*<[^;{}()]*>)?\s*(?P<open>\()"
    rb"|(?P<open2>\()"
)
_WRAPPED_PARAMETERS = re.compile(rb"(?:OF|P_|__P|PROTO|_ANSI_ARGS_|PARAMS)\Z")
_LAST_NAME = re.compile(rb"([A-Za-z_]\w*)\s*\Z")
_POINTED = re.compile(rb"\(\s*(?:\w+\s*::\s*)?[*^]")
_CALLED_INSIDE = re.compile(rb"\(\s*\*+\s*([A-Za-z_]\w*)\s*(\()")
_NO_NAMES = KEYWORDS | frozenset(
    b"__attribute__ __attribute __declspec __aligned __nonnull __asm requires _Alignas _Alignof _Noreturn".split()
)
_STORAGE = re.compile(
    r"\b(?:static|extern|inline|__inline__|__inline|__always_inline|register|constexpr|virtual|explicit|friend|_Thread_local"
    r"|thread_local|__thread|noinline)\b"
)
_ATTRIBUTE = re.compile(
    r"__attribute__ ?\(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\)|__declspec\((?:[^()]|\([^()]*\))*\)|\[\[[^\]]*\]\]"
    r"|\b(?:__)?asm(?:__)? ?\([^()]*\)|\b(?:_A|a)lignas\([^()]*\)|\b_Noreturn\b"
    r"|\b__(?![usb]?\d|[usi]\d|[bl]e\d|int\d|sum\d|kernel_|builtin|typeof|inline|extension|restrict|thread\b|asm|always_inline)"
    r"\w+(?:\([^()]*\))?"
)
_BITS = re.compile(r"^(.*\w)\s*:\s*([\w+() -]+)$", re.DOTALL)
_INITIAL = re.compile(rb"(?<![=!<>+\-*/%&|^])=(?!=)|\{")


class FunctionHead(NamedTuple):
    """A function's name and the parentheses behind it."""

    start: int
    name: str
    opening: int
    close: int


class Named(NamedTuple):
    """A variable, field or typedef: name, type as written, bit-field width, and where declarator and value stand."""

    name: str
    type: str
    bits: str
    start: int
    end: int
    value: tuple[int, int] | None


def function_head(code: bytes, partner: dict[int, int], start: int, end: int) -> FunctionHead | None:
    """The function that a head declares; None when it declares something else."""
    found: list[FunctionHead] = []
    at = start
    while match := _GROUP.search(code, at, end):
        opening = match.start("open") if match["open"] else match.start("open2")
        if match["stop"]:
            break
        close = partner.get(opening, -1)
        if close < 0 or close >= end:
            break
        name = match["name"] or b""
        if inner := _CALLED_INSIDE.match(code, opening, close):
            inside = inner.start(2)
            found.append(FunctionHead(inner.start(1), inner[1].decode(), inside, partner.get(inside, close)))

        elif _WRAPPED_PARAMETERS.match(name) and (last := _LAST_NAME.search(code, at, match.start("name"))):
            found.append(FunctionHead(last.start(1), last[1].decode(), opening, close))
        elif _POINTED.match(code, opening, close):
            break
        elif name and name not in _NO_NAMES:
            spelled = re.sub(r"\s+", "" if name.startswith(b"operator") else " ", name.decode("utf-8", "replace"))
            found.append(FunctionHead(match.start("name"), spelled, opening, close))
        at = close + 1
    usual = [one for one in found if not one.name.startswith("__") and not one.name.isupper()]
    return next(iter(usual or found), None)


def storage(head: str) -> str:
    """The words of a head that say how it is kept and linked."""
    return " ".join(_STORAGE.findall(head))


def attributes(head: str) -> tuple[str, ...]:
    """The attributes of a head, as written."""
    return tuple(_ATTRIBUTE.findall(head))


def bare(head: str) -> str:
    """A head without storage words and attributes."""
    return " ".join(_STORAGE.sub(" ", _ATTRIBUTE.sub(" ", head)).split())


def named(text: CText, partner: dict[int, int], start: int, end: int, before: str = "") -> Iterator[Named]:
    """What a declaration without a function names; `before` is the record in front of it, as a type."""
    first = ""
    for index, (low, last) in enumerate(parts(text.code, partner, start, end)):
        stop = _INITIAL.search(text.code, low, last)
        high = stripped(text.code, low, stop.start())[1] if stop else last
        written = bare(f"{first or before} {text.read(low, high)}")
        width = _BITS.match(written)
        read = parameter(width[1] if width else written)
        if width and not read.name and " " not in width[1].strip():
            read = parameter(f"{width[1]} _")
        if not index:
            first = _base(read.type)
        if read.name and read.name not in ("const", "volatile"):
            value = stripped(text.code, stop.end() if stop[0] == b"=" else stop.start(), last) if stop else None
            yield Named(read.name, read.type, width[2].strip() if width else "", low, high, value)


def _base(shape: str) -> str:
    """The type that further names of a declaration share: `int` of `int *a, b[2]`."""
    return re.split(r"[*\[(]", shape)[0].strip()
