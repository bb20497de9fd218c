"""The files of one snapshot as hashes need them, each read once: items, and tokens of places."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from ffireview.compare.sides import covers, items_of
from ffireview.compare.texts import Texts
from ffireview.model.items import Call, Item, ItemKind
from ffireview.model.place import Range, Span
from ffireview.model.snapshot import Snapshot
from ffireview.pipeline.contents import Contents
from ffireview.syntax.tokens import spell

_DOC = ("#", "[", "doc")


class Files:
    """Items and tokens of a snapshot; of what cannot be read, none."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._texts = Texts(Contents(snapshot))
        self._items: dict[str, tuple[Item, ...]] = {}
        self._trees: dict[str, _Tree] = {}

    def items(self, path: str) -> tuple[Item, ...]:
        """The items of a file."""
        if path not in self._items:
            self._items[path] = items_of(path, self._texts[path].source)
        return self._items[path]

    def around(self, span: Span) -> Item | None:
        """The innermost function around a place, or the innermost item that is none."""
        found = list(self._tree(span.path).around(span))
        return next((item for item in found if item.kind is ItemKind.FUNCTION), found[0] if found else None)

    def functions(self, path: str, name: str) -> list[Item]:
        """The functions of a file of one name."""
        return self._tree(path).functions.get(name, [])

    def calls(self, path: str, name: str) -> list[tuple[Item, Call]]:
        """Where functions of a file call one by its last name."""
        return self._tree(path).calls.get(name, [])

    def _tree(self, path: str) -> "_Tree":
        if path not in self._trees:
            self._trees[path] = _Tree(self.items(path))
        return self._trees[path]

    def words(self, span: Span) -> tuple[str, ...]:
        """The tokens of a place."""
        return self._texts.words(span)

    def lines(self, span: Span) -> list[str]:
        """The lines of a place."""
        return [self._texts[span.path].line(number) for number in range(span.line, span.end_line + 1)]

    def head(self, span: Span) -> str:
        """What stands before the body of the function around a place, in one line."""
        item = self.around(span)
        if item is None:
            return ""
        end = Range(item.at.end_line, item.at.end_column, 0, 0) if item.body_at is None else item.body_at
        return spell(self.words(Span(span.path, item.at.line, item.at.column, end.line, end.column)))

    def spelled(self, span: Span) -> str:
        """A place in one line."""
        return spell(self.words(span))

    def nameless(self, span: Span, name: str) -> tuple[str, ...]:
        """The tokens of a place without those that are one name, and without documentation in attributes."""
        return tuple("" if word == name else word for word in _undocumented(self.words(span)))


class _Tree:
    """The items of a file, each with the one around it, and functions and calls by name."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self._items = sorted(items, key=_outer_first)
        self._starts = [(item.at.line, item.at.column) for item in self._items]
        self._parents = list(self._above())
        self.functions: dict[str, list[Item]] = defaultdict(list)
        self.calls: dict[str, list[tuple[Item, Call]]] = defaultdict(list)
        for item in items:
            if item.kind is ItemKind.FUNCTION:
                self.functions[item.name].append(item)
                for call in item.calls:
                    self.calls[call.name].append((item, call))

    def around(self, span: Span) -> Iterator[Item]:
        """The items around a place, the innermost first."""
        at = bisect_right(self._starts, (span.line, span.column)) - 1
        while at >= 0:
            if covers(self._items[at].at, span):
                yield self._items[at]
            at = self._parents[at]

    def _above(self) -> Iterator[int]:
        open_: list[int] = []
        for at, item in enumerate(self._items):
            while open_ and not covers(self._items[open_[-1]].at, Span.of("", item.at)):
                open_.pop()
            yield open_[-1] if open_ else -1
            open_.append(at)


def _outer_first(item: Item) -> tuple[int, int, int, int]:
    return item.at.line, item.at.column, -item.at.end_line, -item.at.end_column


def _undocumented(words: tuple[str, ...]) -> Iterator[str]:
    depth, inside = 0, False
    for at, word in enumerate(words):
        inside = inside or words[at : at + len(_DOC)] == _DOC
        if not inside:
            yield word
            continue
        depth += {"[": 1, "]": -1}.get(word, 0)
        inside = depth > 0 or word == "#"
