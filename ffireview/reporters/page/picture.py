"""A picture of what meets: groups of files on two sides, and a line for each pair that meets, as coordinates.

In: pairs of paths with a name, a direction and whether both sides agree. Out: boxes and curves for an SVG.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ffireview.reporters.page.folding import REST, fold

LIMIT = 16
"""Boxes on a side."""
WIDTH, LEFT, RIGHT = 1000, 370, 630
_ROW, _TOP = 32, 8
_WIDEST = 42
"""Characters of a label; the start of a longer one is cut."""
_NAMES = 12
_DRAWN = 60
"""Curves that are drawn: more of them are no picture. All are in the table."""
_THIN, _WIDE = 1.2, 8


class Meeting(NamedTuple):
    """One name that crosses between two files. `there` may be a word in angle brackets: where the other side is, if no
    file is known. `back`: control comes from the other side."""

    here: str
    there: str
    name: str
    back: bool
    faulty: bool


class Box(NamedTuple):
    """A group of files on one side. `y` is its middle."""

    label: str
    group: str
    y: int
    names: int


class Curve(NamedTuple):
    """All that meets between two boxes in one direction; what both sides declare differently is a curve by itself."""

    path: str
    width: float
    back: bool
    faulty: bool
    here: str
    there: str
    names: tuple[str, ...]
    total: int

    @property
    def told(self) -> str:
        """The names, as far as there is room."""
        more = self.total - len(self.names)
        return ", ".join(self.names) + (f" and {more} more" if more else "")


_Between = dict[tuple[str, str, bool, bool], list[Meeting]]
"""What meets, by both boxes, direction, and whether the sides disagree."""


class Picture(NamedTuple):
    """All of it, and how high it is."""

    left: tuple[Box, ...]
    right: tuple[Box, ...]
    curves: tuple[Curve, ...]
    """The widest, and all at which both sides disagree, last."""
    others: tuple[Curve, ...]
    """Those that are not drawn."""
    height: int

    @property
    def rows(self) -> list[Curve]:
        """All of them: what disagrees first, then the widest."""
        return sorted((*self.curves, *self.others), key=_gravest)


def picture(meetings: Iterable[Meeting], limit: int = LIMIT) -> Picture:
    """Both sides folded to a few boxes; the right one in an order that keeps the curves apart."""
    rows = sorted(set(meetings))
    here = _folded(Counter(row.here for row in rows), limit)
    there = _folded(Counter(row.there for row in rows), limit)
    between: _Between = defaultdict(list)
    for row in rows:
        between[here[row.here], there[row.there], row.back, row.faulty].append(row)
    left = sorted({key[0] for key in between}, key=_last)
    right = _near(left, between)
    high = max(len(left), len(right), 1) * _ROW
    boxes = [
        {name: Box(_label(name), name, _TOP + _place(at, len(names), high), _count(between, side, name))
         for at, name in enumerate(names)}
        for side, names in enumerate((left, right))
    ]  # fmt: skip
    most = max((len({row.name for row in group}) for group in between.values()), default=1)
    curves = [_curve(boxes[0][key[0]], boxes[1][key[1]], group, most) for key, group in sorted(between.items())]
    curves.sort(key=_gravest)
    drawn = max(_DRAWN, sum(curve.faulty for curve in curves))
    left_boxes, right_boxes = (tuple(side.values()) for side in boxes)
    shown = sorted(curves[:drawn], key=lambda curve: curve.faulty)
    return Picture(left_boxes, right_boxes, tuple(shown), tuple(curves[drawn:]), high + 2 * _TOP)


def _gravest(curve: Curve) -> tuple[bool, int]:
    return not curve.faulty, -curve.total


def _folded(weights: Mapping[str, int], limit: int) -> dict[str, str]:
    """Words in angle brackets are no paths: each is a group by itself."""
    words = {name: name for name in weights if name.startswith("<")}
    return words | fold({name: count for name, count in weights.items() if name not in words}, limit - len(words))


def told(group: str) -> str:
    """The name of a group in words."""
    if group.startswith("<"):
        return group.strip("<>")
    return f"{group.removesuffix(REST)} (the rest)".strip() if group.endswith(REST) else group


def _last(name: str) -> tuple[bool, str]:
    return name.startswith("<"), name


def _near(left: list[str], between: _Between) -> list[str]:
    """The right side, each where its neighbours are on the average."""
    places: dict[str, list[int]] = defaultdict(list)
    for (here, there, *_), rows in between.items():
        places[there] += [left.index(here)] * len(rows)
    return sorted(places, key=lambda name: (name.startswith("<"), sum(places[name]) / len(places[name]), name))


def _place(at: int, of: int, high: int) -> int:
    return round(high * (at + 0.5) / of)


def _count(between: _Between, side: int, name: str) -> int:
    return len({row.name for key, rows in between.items() if key[side] == name for row in rows})


def _label(name: str) -> str:
    text = told(name)
    return text if len(text) <= _WIDEST else "…" + text[1 - _WIDEST :]


def _curve(a: Box, b: Box, rows: list[Meeting], most: int) -> Curve:
    names = sorted({row.name for row in rows})
    back, faulty = rows[0].back, rows[0].faulty
    shift = 0 if faulty else 5 if back else -5
    start, end = a.y + shift, b.y + shift
    bend = (LEFT + RIGHT) // 2
    return Curve(
        f"M{LEFT} {start}C{bend} {start} {bend} {end} {RIGHT} {end}",
        round(_THIN + _WIDE * len(names) / most, 1) if most > 1 else _THIN,
        back,
        faulty,
        told(a.group),
        told(b.group),
        tuple(names[:_NAMES]),
        len(names),
    )
