"""The branches of `cfg_if!`: which stretches of a file are built under which conditions."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ffireview.extract.rust.text import RustText
from ffireview.syntax.captures import Piece

_HEAD = re.compile(rb"\s*(?:else\b)?\s*(?:if\s*#\s*\[\s*cfg\s*(?P<condition>\())?")


class Branch(NamedTuple):
    """A stretch, and the predicates that hold in it."""

    start: int
    end: int
    cfg: tuple[str, ...]


def branches(text: RustText, invocations: Iterable[tuple[str, Piece]]) -> list[Branch]:
    """The branches of the invocations, given by name and token tree, that are `cfg_if!`."""
    return [
        branch
        for name, tokens in invocations
        if name.rsplit("::", 1)[-1].strip().rstrip("!") == "cfg_if"
        for branch in _of(text, tokens)
    ]


def _of(text: RustText, tokens: Piece) -> Iterator[Branch]:
    before: list[str] = []
    at = tokens.start + 1
    while (head := _HEAD.match(text.code, at, tokens.end)) is not None:
        after = text.partner.get(head.start("condition"), -1) if head["condition"] else head.end()
        start = text.code.find(b"{", after, tokens.end) if after >= 0 else -1
        end = text.partner.get(start, -1) if start >= 0 else -1
        if end < 0:
            return
        own = (text.read(head.end("condition"), after),) if head["condition"] else ()
        yield Branch(start, end, (*(f"not({one})" for one in before), *own))
        before += own
        at = end + 1
