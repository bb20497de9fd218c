"""How much attention an entry asks for: the risk of the site, what became of it, and why. The table is data."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from ffireview.model.comparison import Cause, CauseKind, Change
from ffireview.model.place import Span


@cache
def table() -> dict[str, dict[str, int]]:
    """The points and limits."""
    text = resources.files("ffireview.compare").joinpath("attention.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    found.pop("version")
    return found


def limit(name: str) -> int:
    """A limit of the table."""
    return table()["limit"][name]


def cause(kind: CauseKind, text: str, before: Span | None = None, after: Span | None = None, steps: int = 0) -> Cause:
    """A cause with the points of its kind, fewer for each step that the change is away."""
    return Cause(kind, text, max(table()["cause"][kind] - steps * limit("step"), 1), before, after)


def attention(change: Change, risk: int, causes: Iterable[Cause]) -> int:
    """Points of an entry. `risk` is the site's now; of a removed site, what it was."""
    points = sorted((c.points for c in causes), reverse=True)
    return risk + table()["change"][change] + (points[0] if points else 0) + sum(points[1:]) // 4
