"""Two excerpts as one hunk of a diff, for reports that quote changes."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from ffireview.model.comparison import Excerpt, Row

GAP = ""
"""The sign of a row that stands for lines left out."""


class HunkRow(NamedTuple):
    """A line: ` `, `-`, `+` or a gap. The number is that of the newer side, of a removed line that of the older one."""

    sign: str
    number: int
    text: str


def hunk(before: Excerpt | None, after: Excerpt | None) -> list[HunkRow]:
    """The lines of both sides in the order of a diff; nothing where there is no excerpt.

    The two excerpts need not reach equally far: what only one of them has, and nothing marks, surrounds the change."""
    older, newer = (excerpt.rows if excerpt is not None else () for excerpt in (before, after))
    whole = before is None or after is None
    matcher = SequenceMatcher(None, _texts(older), _texts(newer), autojunk=False)
    rows: list[HunkRow] = []
    for tag, low, high, start, end in matcher.get_opcodes():
        if tag == "equal":
            rows += [_row(" ", row) for row in newer[start:end]]
            continue
        replaced = whole or tag == "replace"
        rows += _signed("-", older[low:high], replaced)
        rows += _signed("+", newer[start:end], replaced)
    return rows


def _signed(sign: str, rows: tuple[Row, ...], replaced: bool) -> Iterator[HunkRow]:
    """Lines that one side has alone. A blank one holds nothing to mark: it goes with a line beside it."""
    for at, row in enumerate(rows):
        beside = () if row.text.strip() else rows[max(at - 1, 0) : at + 2]
        yield _row(sign if replaced or row.marks or any(one.marks for one in beside) else " ", row)


def _texts(rows: tuple[Row, ...]) -> list[tuple[bool, str]]:
    return [(row.number > 0, row.text) for row in rows]


def _row(sign: str, row: Row) -> HunkRow:
    return HunkRow(sign if row.number else GAP, row.number, row.text)
