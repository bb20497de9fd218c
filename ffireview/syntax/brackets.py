"""Matching brackets over masked code, for what must be read where no tree can be trusted."""

import re

_OPEN = {ord(b"("): ord(b")"), ord(b"["): ord(b"]"), ord(b"{"): ord(b"}")}
_CLOSE = {close: opening for opening, close in _OPEN.items()}


_BRACKET = re.compile(rb"[()\[\]{}]")
_BRACKET_OR_COMMA = re.compile(rb"[()\[\]{},]")
LOOK_BACK = 20_000
"""Bytes that a search for the bracket around a place goes back: a call or literal longer than this has no context."""


def pairs(code: bytes) -> dict[int, int]:
    """Every bracket's partner, both ways, in one pass; a stray bracket has none."""
    stack: list[int] = []
    partner: dict[int, int] = {}
    for found in _BRACKET.finditer(code):
        at = found.start()
        if code[at] in _OPEN:
            stack.append(at)
        elif stack and _OPEN[code[stack[-1]]] == code[at]:
            opening = stack.pop()
            partner[opening], partner[at] = at, opening
    return partner


def enclosing(code: bytes, at: int) -> int:
    """The offset of the innermost bracket that is open at `at`, or -1; looks back `LOOK_BACK` bytes at most."""
    depth = 0
    for found in reversed(list(_BRACKET.finditer(code, max(at - LOOK_BACK, 0), at))):
        if code[found.start()] in _CLOSE:
            depth += 1
        elif depth:
            depth -= 1
        else:
            return found.start()
    return -1


def parts(code: bytes, partner: dict[int, int], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between top-level commas, stripped, the empty ones left out."""
    found: list[tuple[int, int]] = []
    at = low = start
    while (hit := _BRACKET_OR_COMMA.search(code, at, end)) is not None:
        at = hit.end()
        if hit[0] == b",":
            found.append((low, hit.start()))
            low = at
        elif (close := partner.get(hit.start(), -1)) > hit.start():
            at = close + 1
    found.append((low, end))
    return [stretch for low, high in found if (stretch := stripped(code, low, high))[0] < stretch[1]]


def stripped(code: bytes, start: int, end: int) -> tuple[int, int]:
    """A stretch without the white space at its ends."""
    text = code[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def split(text: str, separator: str = ",", *, angles: bool = True) -> list[str]:
    """The top-level parts of a list, stripped; brackets of every kind nest, `->` and `=>` are no brackets."""
    parts, depth, start, previous = [], 0, 0, ""
    for i, char in enumerate(text):
        if char in "([{" or (angles and char == "<"):
            depth += 1
        elif char in ")]}" or (angles and char == ">" and previous not in "-="):
            depth -= 1
        elif char == separator and depth <= 0:
            parts.append(text[start:i].strip())
            start = i + 1
        previous = char
    parts.append(text[start:].strip())
    return [part for part in parts if part]
