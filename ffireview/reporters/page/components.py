"""Where the risk is: files or folders, each with what stands there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ffireview.model.comparison import Change, Entry
from ffireview.reporters.page.folding import fold
from ffireview.reporters.page.picture import told
from ffireview.reporters.page.sites import Card
from ffireview.reporters.results import band

LIMIT = 14
_WIDTH = 100
LOWEST = "least"
"""The word for what is below every band."""
BANDS = ("critical", "high", "medium", "low", LOWEST)


class Segment(NamedTuple):
    """A part of a bar: its class, where it starts, how wide it is, of a hundred."""

    kind: str
    start: float
    width: float
    number: int


class Component(NamedTuple):
    """A file or folder, and what stands there."""

    name: str
    highest: int
    band: str
    total: int
    segments: tuple[Segment, ...]
    findings: int
    crossings: int

    @property
    def told_name(self) -> str:
        """The name in words."""
        return told(self.name)

    @property
    def told(self) -> str:
        """The bar in words."""
        return ", ".join(f"{segment.number} {segment.kind}" for segment in self.segments)


def components(cards: Sequence[Card]) -> list[Component]:
    """Of sites: the riskiest first."""
    weights: Counter[str] = Counter()
    for card in cards:
        weights[card.span.path] += card.risk + 1
    groups = fold(weights, LIMIT)
    held: dict[str, list[Card]] = {}
    for card in cards:
        held.setdefault(groups[card.span.path], []).append(card)
    longest = max(map(len, held.values()), default=1)
    rows = [_of_cards(name, group, longest) for name, group in held.items()]
    return sorted(rows, key=lambda row: (-row.highest, -row.total, row.name))


def _of_cards(name: str, cards: list[Card], longest: int) -> Component:
    highest = max(card.risk for card in cards)
    return Component(
        name,
        highest,
        band(highest),
        len(cards),
        _segments(BANDS, [card.band or LOWEST for card in cards], longest),
        sum(not finding.suppressed for card in cards for finding in card.findings),
        len({symbol for card in cards for symbol in card.site.crossings}),
    )


def change_components(entries: Sequence[Entry]) -> list[Component]:
    """Of changes: where most need eyes first."""
    groups = fold(Counter(entry.site.span.path for entry in entries), LIMIT)
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        held.setdefault(groups[entry.site.span.path], []).append(entry)
    longest = max(map(len, held.values()), default=1)
    rows = [_of_entries(name, group, longest) for name, group in held.items()]
    return sorted(rows, key=lambda row: (-row.highest, -row.total, row.name))


def _of_entries(name: str, entries: list[Entry], longest: int) -> Component:
    highest = max(max(entry.risk_after, entry.risk_before if entry.after is None else 0) for entry in entries)
    kinds = _segments(tuple(Change), [entry.change for entry in entries], longest)
    return Component(name, highest, band(highest), len(entries), kinds, 0, 0)


def _segments(order: Iterable[str], found: Iterable[str], longest: int) -> tuple[Segment, ...]:
    counts = Counter(map(str, found))
    rows: list[Segment] = []
    start = 0.0
    for kind in map(str, order):
        if counts[kind]:
            width = _WIDTH * counts[kind] / longest
            rows.append(Segment(kind, round(start, 2), round(width, 2), counts[kind]))
            start += width
    return tuple(rows)
