"""Comments that tell ffireview what to pass over: what each says, and how far it reaches.

In: a file's source, its code with comments and literals blanked, its comments. Out: facts, without judgement.
`// ffireview: allow(rule, rule) -- reason [until=2027-01-31]`, alone on its line or behind code. Doc comments are
documentation, and no such comment.
"""

import re
from collections.abc import Iterator
from itertools import islice

from ffireview.model.facts import SuppressionFact
from ffireview.syntax.lexer import Comment
from ffireview.syntax.positions import Positions

MARK = b"ffireview:"
"""Files without it hold no such comment."""

_LINE = re.compile(rb"^[ \t]*(?://(?![/!])|/\*|\*(?!/))?[ \t]*(ffireview:[^\r\n]*)", re.MULTILINE)
_DOC = (b"/**", b"/*!")
_WORDS = re.compile(r"ffireview:\s*(?P<verb>[\w-]*)\s*(?:\((?P<rules>[^()]*)\))?(?P<rest>.*)")
_REASON = re.compile(r"\s*--\s*(?P<reason>.*)")
_OPTION = re.compile(r"\s*\[(?P<option>\s*until\b[^\[\]]*|[^\[\]]*=[^\[\]]*)\]\s*$")
_STOP = re.compile(rb"[()\[\]{};,]")
_BRACKET = re.compile(rb"[\[\]]")
_CODE = re.compile(rb"\S")
_LONGEST = 1_000
"""Bytes of one such comment that are read."""
_FAR, _STEPS = 4_000, 64
"""Bytes within which the code must follow, and its head end; brackets and commas on the way. A stranger's file must not
make each of its comments read the rest of the file."""


def suppressions(source: bytes, code: bytes, comments: tuple[Comment, ...]) -> Iterator[SuppressionFact]:
    """Every such comment of a file, in order."""
    if MARK not in source:
        return
    positions = Positions(source)
    for start, end in comments:
        text = source[start:end]
        if MARK not in text or text.startswith(_DOC):
            continue
        head = _head(code, end)
        for found in _LINE.finditer(text):
            low, high = start + found.start(1), start + found.end(1)
            behind_code = _CODE.search(code, code.rfind(b"\n", 0, low) + 1, low) is not None
            reach = (low, low) if behind_code else head
            line, end_line = (positions.line(reach[0]), positions.line(reach[1])) if reach else (0, 0)
            verb, rules, reason, options = _parts(found[1][:_LONGEST].decode("utf-8", "replace"))
            yield SuppressionFact(positions.range(low, high), verb, rules, reason, options, line, end_line)


def _parts(text: str) -> tuple[str, tuple[str, ...], str, tuple[str, ...]]:
    """What follows the name: verb, rules, reason, and what stands in brackets at the end."""
    found = _WORDS.fullmatch(text.strip().removesuffix("*/"))
    assert found is not None
    rules = tuple(name for part in (found["rules"] or "").split(",") if (name := part.strip()))
    rest, options = found["rest"], []
    while option := _OPTION.search(rest):
        options.append("".join(option["option"].split()))
        rest = rest[: option.start()]
    reason = _REASON.fullmatch(rest)
    return found["verb"], rules, " ".join(reason["reason"].split()) if reason else "", tuple(reversed(options))


def _head(code: bytes, at: int) -> tuple[int, int] | None:
    """Where the head of what follows begins and ends: its attributes, and all up to the first `{` or `;`, or to the `,`
    or closing bracket behind it."""
    low = start = _next(code, at)
    if start < 0:
        return None
    for _ in range(_STEPS):
        if not code.startswith((b"#[", b"#!["), start):
            break
        after = _next(code, _attribute_end(code, start))
        if after < 0:
            return low, start
        start = after
    depth, end = 0, start
    for stop in islice(_STOP.finditer(code, start, start + _FAR), _STEPS):
        sign, end = stop[0], stop.start()
        depth += (sign in b"([") - (sign in b")]")
        if depth < 0 or sign in b"{};" or (sign == b"," and not depth):
            break
    return low, end


def _next(code: bytes, at: int) -> int:
    """The offset of the next code; -1 where none is near."""
    near = code[at : at + _FAR]
    rest = near.lstrip()
    return at + len(near) - len(rest) if rest else -1


def _attribute_end(code: bytes, start: int) -> int:
    depth = 0
    for bracket in islice(_BRACKET.finditer(code, start, start + _FAR), _STEPS):
        depth += 1 if bracket[0] == b"[" else -1
        if not depth:
            return bracket.end()
    return len(code)
