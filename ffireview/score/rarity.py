"""How rare a sign is, in: how many units of a tree have it; out: its surprise, in nats.

What every other function of a tree does was looked at many times; what three of a thousand do was not. A small tree
says little about what is usual, so its shares are mixed with those of the trees that the weights were fitted on.
"""

from collections import Counter
from collections.abc import Iterable
from math import log

TREE = 200
"""How many units a tree must have until its own shares count as much as those of other trees."""
MOST = 7.0
"""The surprise of what is hardly ever seen: one in 1,100."""


class Rarity:
    """Shares of signs among the units of a tree."""

    def __init__(self, units: Iterable[Iterable[str]], usual: dict[str, float]) -> None:
        """`units`: the names of the signs of each; `usual`: the share of each sign in other trees, 0 to 1."""
        rows = [set(names) for names in units]
        self.units = len(rows)
        self.counts = Counter(name for row in rows for name in row)
        self._usual = usual

    def surprise(self, name: str) -> float:
        """`-ln` of the share, 0 to `MOST`."""
        seen = self.counts[name] + TREE * self._usual.get(name, 0.0) + 0.5
        return max(0.0, min(MOST, -log(seen / (self.units + TREE + 1))))
