"""Which item stands in which: intervals by offset, so that no tree is climbed."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from ffireview.extract.rust.attributes import Head
from ffireview.extract.rust.branches import Branch
from ffireview.model.facts import MacroContext
from ffireview.syntax.captures import Piece


@dataclass(slots=True)
class Item:
    """A declaring item of the file, from the grammar or from a macro read again."""

    kind: str
    start: int
    end: int
    name: str
    body: Piece | None
    parameters: Piece | None
    macro: MacroContext | None
    head: Head = field(default=Head((), 0))
    label: str = ""
    """How the item shows in an owner path."""
    header: str = ""
    """Source from the start of the item to its body."""
    parsed: int = 0
    """Which of the texts that were parsed (`Reading.parsed`) it comes from."""
    parent: "Item | None" = None
    test: bool = False
    branch: tuple[str, ...] = ()
    """The predicates of the `cfg_if!` branches directly around."""

    def chain(self) -> "list[Item]":
        """The item and those around it, outermost first."""
        items: list[Item] = []
        item: Item | None = self
        while item is not None:
            items.append(item)
            item = item.parent
        return items[::-1]


class Scopes:
    """The items of a file, nested."""

    def __init__(self, items: list[Item], branches: list[Branch]) -> None:
        self.items = sorted(items, key=lambda item: (item.start, -item.end))
        self._starts = [item.start for item in self.items]
        stack: list[Item] = []
        for item in self.items:
            while stack and stack[-1].end <= item.start:
                stack.pop()
            item.parent = stack[-1] if stack else None
            item.test = item.head.is_test() or (item.parent is not None and item.parent.test)
            stack.append(item)
        for branch in branches:
            for item in self.starting_in(branch.start, branch.end):
                if item.parent is None or item.parent.start < branch.start:
                    item.branch += branch.cfg

    def starting_in(self, start: int, end: int) -> list[Item]:
        """The items that start in a stretch, in order."""
        return self.items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def around(self, offset: int) -> Item | None:
        """The innermost item that contains the offset."""
        index = bisect_right(self._starts, offset) - 1
        item = self.items[index] if index >= 0 else None
        while item is not None and item.end <= offset:
            item = item.parent
        return item

    def inside(self, offset: int) -> Item | None:
        """The innermost item whose body, not whose header, contains the offset."""
        item = self.around(offset)
        while item is not None and not (item.body and item.body.start <= offset < item.body.end):
            item = item.parent
        return item


def owner_path(item: Item | None) -> str:
    """`module::impl Trait for Type::function` of the items around something."""
    return "::".join(part.label for part in item.chain() if part.label) if item else ""


def module_path(item: Item | None) -> tuple[str, ...]:
    """The inline modules around something."""
    return tuple(part.name for part in item.chain() if part.kind == "module") if item else ()


def function_around(item: Item | None) -> Item | None:
    """The innermost function."""
    while item is not None and item.kind != "function":
        item = item.parent
    return item


def cfg_around(item: Item | None) -> tuple[str, ...]:
    """The cfg predicates of an item and of all around it, outermost first."""
    return tuple(predicate for part in item.chain() for predicate in (*part.branch, *part.head.cfg())) if item else ()
