"""A condition as text, in its parts: what each side of `&&` and `||` asks. The same for Rust and for C."""

import re
from collections.abc import Iterator, Sequence

from ffireview.model.items import CheckKind
from ffireview.syntax.brackets import stripped

_BRACKET_OR_JOINT = re.compile(rb"[()\[\]{}]|&&|\|\|")
_NULL = re.compile(
    r"\bis_null\(\)|\bNonNull(?:::<.*?>)?::new\(|[!=]= (?:::)?(?:\w+::)*null(?:_mut)?(?:::<[^()]*>)?\(\)"
    r"|\bNULL\b|\bnullptr\b|\b(?:IS_ERR_OR_NULL|ZERO_OR_NULL_PTR)\(|\bunsafe \{.*\.as_(?:ref|mut)\(\)"
)
_SIZES = frozenset({
    "len", "length", "size", "sizeof", "sz", "count", "cnt", "num", "nr", "n", "cap", "capacity", "index",
    "idx", "i", "j", "k", "offset", "off", "pos", "position", "start", "end", "begin", "limit", "max", "min",
    "bound", "bounds", "remaining", "avail", "available", "total", "bytes", "nbytes", "width", "height",
    "stride", "depth", "used", "free", "head", "tail",
})  # fmt: skip
_WORD = re.compile(r"[A-Za-z_]\w*")
_LONG = 400
_ARGUMENTS = re.compile(r"(\w)\([^()]*\)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BEFORE_GENERIC = re.compile(r"::\Z|[A-Z]\w*[a-z]\w*\Z|\w+_cast\Z")


def leaves(code: bytes, partner: dict[int, int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a condition that no `&&` or `||` joins, parentheses around them taken off, in order."""
    waiting = [(start, end)]
    while waiting:
        low, high = stripped(code, *waiting.pop())
        if low >= high:
            continue
        if code[low : low + 1] == b"(" and partner.get(low) == high - 1:
            waiting.append((low + 1, high - 1))
            continue
        sides = list(_sides(code, partner, low, high))
        if len(sides) == 1:
            yield low, high
        else:
            waiting.extend(reversed(sides))


def question(tokens: Sequence[str], text: str) -> CheckKind:
    """What a part of a condition asks; `text` is its tokens, spelled."""
    if _NULL.search(text):
        return CheckKind.NULL
    if text.startswith("let "):
        return CheckKind.PATTERN
    if _orders(tokens):
        return CheckKind.BOUNDS
    if "==" in tokens or "!=" in tokens:
        return CheckKind.BOUNDS if _names_a_size(text) else CheckKind.COMPARISON
    return CheckKind.TRUTH


def _sides(code: bytes, partner: dict[int, int], start: int, end: int) -> Iterator[tuple[int, int]]:
    at = low = start
    while (hit := _BRACKET_OR_JOINT.search(code, at, end)) is not None:
        at = hit.end()
        if len(hit[0]) == 2:
            if code[low : hit.start()].strip():
                yield low, hit.start()
                low = at
        elif (close := partner.get(hit.start(), -1)) > hit.start():
            at = close + 1
    yield low, end


def _orders(tokens: Sequence[str]) -> bool:
    """Whether one of `<`, `<=`, `>`, `>=` compares: no generic arguments, no shift."""
    angles = 0
    for i, sign in enumerate(tokens):
        before = tokens[i - 1] if i else ""
        if sign == "<" and _BEFORE_GENERIC.search(before):
            angles += 1
        elif sign == ">" and angles:
            angles -= 1
        elif sign in ("<=", ">=") and before == sign[0]:
            continue
        elif sign in ("<", ">", "<=", ">=") and sign not in (before, *tokens[i + 1 : i + 2]):
            return True
    return False


def _names_a_size(text: str) -> bool:
    """Whether a size or index is compared; what is only given to a call is none."""
    if len(text) > _LONG:
        return False
    while (outside := _ARGUMENTS.sub(r"\1", text)) != text:
        text = outside
    words = (part for word in _WORD.findall(text) for hump in word.split("_") for part in _HUMP.split(hump))
    return any(word.lower() in _SIZES for word in words)
