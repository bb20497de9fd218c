"""Locks and run-time borrows of Rust code, with how far each reaches."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ffireview.extract.intervals import Blocks, Nest
from ffireview.extract.locking import Event, event, held
from ffireview.extract.rust.contents import Contents, body_around
from ffireview.extract.rust.text import RustText
from ffireview.extract.rust.view import RustView
from ffireview.model.items import Lock
from ffireview.syntax.brackets import parts, stripped
from ffireview.syntax.captures import Match, Piece

_LOCKING = re.compile(
    r"(?:try_|blocking_)?(?:lock|read|write|borrow|borrow_mut|upgradable_read)(?:_(?:irqsave|irq|bh|arc|owned|shared|exclusive))?"
    r"|\w+_lock"
)
_UNLOCKING = re.compile(r"(?:force_)?unlock\w*")
_GUARDED = re.compile(
    rb"\s*\.\s*(?:unwrap|expect|unwrap_or_else|map_err|ok|ok_or|ok_or_else)\s*(?=\()|\s*\?|\s*\.\s*await\b"
)
"""What hands a guard on: `.unwrap()`, `?`."""
_EXTENDED = re.compile(rb"&\s*(?:mut\s+)?\**\s*")
_DROPPED = re.compile(rb"(?<![\w.])drop\s*\(\s*(\w+)\s*\)")
_NAME = re.compile(r"\b[a-z]\w*\b|\b_\w+\b")


class _Span(NamedTuple):
    """A construct that keeps what its head makes alive: the head, where the whole ends, the pattern that it binds.
    Without an end, what is not bound goes away with the statement."""

    kind: str
    head: Piece
    end: int | None
    pattern: str = ""


def locks(view: RustView, bodies: Contents) -> Iterator[tuple[int, Lock]]:
    """Every lock with its place: methods that lock, and functions in the style of C that a later call undoes."""
    spans = Nest((span.head, span) for span in _spans(view, bodies))
    unsafe_blocks = Nest((piece, piece) for piece, _ in view.reading.blocks)
    ends = _Ends(view)
    for match in _methods(view, _LOCKING):
        whole = match.captures["method"][0]
        if _is_bare(view, match) and not _is_raw_read(view, match, unsafe_blocks):
            guard, end = _reach(view, whole, list(islice(spans.around(*whole), 2)), ends)
            what = _receiver(view, match)
            if not guard:
                limit = body_around(view, whole.start)[1]
                end = ends.unlock(what, whole.end, limit) or end
            yield _lock(view.text, match, what, guard, end)
    yield from held(view.text, _events(view), lambda at: body_around(view, at)[1], open_ended=False)


class _Ends:
    """Where guards go away: the ends of blocks, `drop(name)`, `what.unlock()`."""

    def __init__(self, view: RustView) -> None:
        code = view.text.code
        self._blocks = Blocks(code, view.text.partner, 0, len(code))
        self._drops: dict[tuple[str, int], list[int]] = defaultdict(list)
        for found in _DROPPED.finditer(code):
            self._drops[found[1].decode(), self.block(found.start())].append(found.end())
        self._unlocks: dict[str, list[int]] = defaultdict(list)
        for match in _methods(view, _UNLOCKING):
            self._unlocks[_receiver(view, match)].append(match.captures["method"][0].end)

    def block(self, offset: int) -> int:
        """The closing brace around an offset."""
        return self._blocks.end(offset)

    def drop(self, name: str, start: int, block: int) -> int | None:
        """The end of the first `drop(name)` behind an offset that stands directly in the block."""
        return _first_between(self._drops.get((name, block), []), start, block)

    def unlock(self, what: str, start: int, limit: int) -> int | None:
        """The end of the first `what.unlock()` behind an offset and before the limit."""
        return _first_between(self._unlocks.get(what, []), start, limit)


def _first_between(offsets: list[int], start: int, limit: int) -> int | None:
    index = bisect_right(offsets, start)
    return offsets[index] if index < len(offsets) and offsets[index] <= limit else None


def _lock(text: RustText, match: Match, what: str, guard: str, end: int | None) -> tuple[int, Lock]:
    whole, name = match.captures["method"][0], match.captures["path"][0]
    scope = None if end is None else text.at(name.start, max(end, whole.end))
    at = text.at(name.start, whole.end)
    return name.start, Lock(text.spelled(*whole), text.spelled(*name), what, guard, at, scope)


def _methods(view: RustView, pattern: re.Pattern[str]) -> list[Match]:
    found = [m for m, _ in view.reading.references if "method" in m.captures]
    return [m for m in found if pattern.fullmatch(view.text.spelled(*m.captures["path"][0]))]


def _is_bare(view: RustView, match: Match) -> bool:
    """Whether the call has no arguments: `Read::read(&mut buffer)` locks nothing."""
    arguments = match.captures["arguments"][0]
    return not view.text.code[arguments.start + 1 : arguments.end - 1].strip()


def _is_raw_read(view: RustView, match: Match, blocks: Nest[Piece]) -> bool:
    """Whether `.read()` may read through a pointer: in an unsafe block, and nothing hands a guard on."""
    whole = match.captures["method"][0]
    named_read = view.text.code[slice(*match.captures["path"][0])] == b"read"
    return named_read and any(blocks.around(*whole)) and not _GUARDED.match(view.text.code, whole.end)


def _receiver(view: RustView, match: Match) -> str:
    written = view.text.spelled(match.captures["method"][0].start, match.captures["path"][0].start)
    return written.removesuffix(".")


def _spans(view: RustView, bodies: Contents) -> Iterator[_Span]:
    text = view.text
    conditional = [(row.get("if") or row["while"], row["condition"]) for k in ("if", "while") for row in bodies.of(k)]
    for whole, condition in conditional:
        binds = text.code.startswith(b"let", condition.start)
        yield _Span("condition", condition, whole.end if binds else None)
    around = Nest((condition, whole) for whole, condition in conditional)
    for row in bodies.of("letting"):
        whole = next(around.around(*row["letting"]), row["letting"])
        yield _Span("letting", row["value"], whole.end, text.spelled(*row["pattern"]))
    for row in bodies.of("let"):
        yield _Span("let", row["value"], None, text.spelled(*row["pattern"]))
    for kind in ("match", "for"):
        for row in bodies.of(kind):
            yield _Span(kind, row["condition"], row[kind].end)
    for row in bodies.of("closed"):
        yield _Span("closure", row["body"], None)


def _reach(view: RustView, whole: Piece, around: list[_Span], ends: _Ends) -> tuple[str, int | None]:
    """The variable that holds the guard, and where the guard goes away; `around`: the two innermost, inner first."""
    inner = around[0] if around else None
    if inner is None:
        return "", None
    handed = _hands_on(view, whole, inner.head)
    outer = around[1] if len(around) > 1 else None
    if inner.kind == "match" and handed and outer and outer.kind == "let" and outer.head.end == inner.end:
        return _bound(outer, ends)
    if inner.kind == "letting" and handed:
        names = [name for name in _NAME.findall(inner.pattern) if name not in ("ref", "mut")]
        return (names[-1] if names else ""), inner.end
    extended = _EXTENDED.match(view.text.code, inner.head.start, whole.start)
    reference = extended and extended.end() == whole.start and whole.end == inner.head.end
    if inner.kind == "let" and (handed or reference):
        return _bound(inner, ends)
    return "", inner.end


def _bound(span: _Span, ends: _Ends) -> tuple[str, int | None]:
    """The variable of a `let`, to the end of its block or its `drop` there; `_` holds nothing."""
    name = span.pattern.removeprefix("mut ").strip()
    if name == "_":
        return "", None
    block = ends.block(span.head.end)
    return (name if name.isidentifier() else ""), ends.drop(name, span.head.end, block) or block


def _hands_on(view: RustView, whole: Piece, value: Piece) -> bool:
    """Whether the value is the lock's result, or that result with `.unwrap()` or `?` behind it."""
    code = view.text.code
    if stripped(code, *value)[0] != whole.start:
        return False
    at = whole.end
    while found := _GUARDED.match(code, at, value.end):
        at = found.end()
        if code[at : at + 1] == b"(":
            at = view.text.partner.get(at, value.end) + 1
    return not code[at : value.end].strip()


def _events(view: RustView) -> Iterator[Event]:
    """Calls of functions that lock or unlock as C does."""
    text = view.text
    for match, _ in view.reading.references:
        if "call" in match.captures:
            path, arguments = match.captures["path"][0], match.captures["arguments"][0]
            name = text.spelled(*path).rsplit("::", 1)[-1].strip()
            given = parts(text.code, text.partner, arguments.start + 1, arguments.end - 1)
            made = event(name, text.spelled(*given[0]) if given else "", path.start, match.captures["call"][0].end)
            if made is not None:
                yield made
