"""The lines that a change touches, before and after, with the changed parts marked."""

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from ffireview.compare.texts import FileText, Texts, Token
from ffireview.model.comparison import Excerpt, Mark, Row
from ffireview.model.place import Span

CONTEXT = 1
LINES = 14
"""At most so many lines of one side."""
WIDTH = 400
"""A longer line is cut: generated code."""
TOKENS = 6000
"""Longer code is compared by its two ends only."""

Stretch = tuple[int, int]


def changed_parts(before: Sequence[Token], after: Sequence[Token]) -> tuple[list[Stretch], list[Stretch]]:
    """Stretches of tokens, by index, that are not the same on both sides."""
    one, other = [t.text for t in before], [t.text for t in after]
    head = _common(one, other)
    if head == len(one) == len(other):
        return [], []
    tail = _common(one[head:][::-1], other[head:][::-1])
    first, second = one[head : len(one) - tail], other[head : len(other) - tail]
    if len(first) > TOKENS or len(second) > TOKENS or not first or not second:
        return [(head, head + len(first))], [(head, head + len(second))]
    codes = [c for c in SequenceMatcher(None, first, second, autojunk=False).get_opcodes() if c[0] != "equal"]
    return [(head + c[1], head + c[2]) for c in codes], [(head + c[3], head + c[4]) for c in codes]


def excerpts_of_change(
    old: Texts, before: Span, new: Texts, after: Span, context: int = CONTEXT
) -> tuple[Excerpt, Excerpt]:
    """Both sides of a place that changed."""
    tokens_before, tokens_after = old[before.path].tokens(before), new[after.path].tokens(after)
    parts_before, parts_after = changed_parts(tokens_before, tokens_after)
    return (
        _excerpt(old[before.path], before, tokens_before, parts_before, context),
        _excerpt(new[after.path], after, tokens_after, parts_after, context),
    )


def excerpt(texts: Texts, span: Span, limit: int = LINES) -> Excerpt:
    """The first lines of a place, nothing marked."""
    text = texts[span.path]
    last = min(span.end_line, span.line + limit - 1)
    rows = [Row(number, text.line(number)[:WIDTH]) for number in range(span.line, last + 1)]
    return Excerpt(span, tuple(rows if last == span.end_line else [*rows, Row(0, "")]))


def _excerpt(text: FileText, span: Span, tokens: Sequence[Token], parts: list[Stretch], context: int) -> Excerpt:
    marks: dict[int, list[Mark]] = defaultdict(list)
    for low, high in parts:
        if low == high:
            near = tokens[min(low, len(tokens) - 1)] if tokens else None
            if near is not None:
                marks[text.place(near.start)[0]] += []
            continue
        _mark(text, tokens[low].start, tokens[high - 1].end, marks)
    return Excerpt(span, tuple(_rows(text, span, marks, context)))


def _mark(text: FileText, start: int, end: int, marks: dict[int, list[Mark]]) -> None:
    line, column = text.place(start)
    last, end_column = text.place(end)
    for number in range(line, min(last, line + LINES) + 1):
        row = text.line(number)
        low = column if number == line else len(row) - len(row.lstrip()) + 1
        high = end_column if number == last else len(row) + 1
        if low < high and low <= WIDTH:
            marks[number].append(Mark(low, min(high, WIDTH + 1)))


def _rows(text: FileText, span: Span, marks: dict[int, list[Mark]], context: int) -> list[Row]:
    wanted = {n for line in marks for n in range(line - context, line + context + 1)}
    numbers = sorted(n for n in wanted if span.line <= n <= span.end_line)
    rows: list[Row] = []
    for number in numbers[:LINES]:
        if rows and rows[-1].number != number - 1:
            rows.append(Row(0, ""))
        rows.append(Row(number, text.line(number)[:WIDTH], tuple(marks.get(number, ()))))
    return rows if len(numbers) <= LINES else [*rows, Row(0, "")]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
