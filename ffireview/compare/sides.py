"""What comparing knows of the two snapshots: their reviews, and the text of the files that they do not share."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from ffireview.compare.pairs import Pair
from ffireview.compare.texts import Texts
from ffireview.extract.c import C_ENDINGS, kind_of
from ffireview.extract.c.items import items_of_c
from ffireview.extract.rust.items import items_of_rust
from ffireview.extract.settings import settings_of
from ffireview.model.facts import SiteKind
from ffireview.model.finding import Filter
from ffireview.model.items import Item, ItemKind, Local, Setting
from ffireview.model.place import Range, Span
from ffireview.model.program import Crossing, Site
from ffireview.model.review import Review, Score

_REGULAR = Filter()
_WORD = re.compile(rb"[A-Za-z_]\w*", re.ASCII)
_PREFIXED = re.compile(r"[a-z]\w*?_([A-Z]\w*)\Z")


class Side:
    """One snapshot: its review, and its version of every file that changed."""

    def __init__(self, review: Review, changed: Mapping[str, bytes], texts: Texts) -> None:
        self.review, self.changed, self.texts = review, changed, texts
        self._items: dict[str, tuple[Item, ...]] = {}
        self._touching: dict[str, list[tuple[Site, frozenset[str], frozenset[str]]]] = {}

    def items(self, path: str) -> tuple[Item, ...]:
        """The items of a file that changed; none of a file that this side does not have."""
        if path not in self._items:
            source = self.changed.get(path)
            self._items[path] = () if source is None else items_of(path, source)
        return self._items[path]

    def settings(self, path: str) -> tuple[Setting, ...]:
        """Settings of the build, of lints and of ffireview in a file that changed."""
        return settings_of(path, self.changed[path]) if path in self.changed else ()

    def locals_of(self, site: Site) -> tuple[Local, ...]:
        """The locals of the functions around a site, or of the site where it is a function."""
        around = (item for item in self.items(site.span.path) if covers(item.at, site.span))
        return tuple(local for item in around for local in item.locals)

    @cached_property
    def scores(self) -> dict[str, Score]:
        """The score of each site, by id."""
        return {score.site: score for score in self.review.scores}

    @cached_property
    def sites_in(self) -> dict[str, tuple[Site, ...]]:
        """Sites by file."""
        found: dict[str, list[Site]] = {}
        for site in self.review.program.sites:
            found.setdefault(site.span.path, []).append(site)
        return {path: tuple(sites) for path, sites in found.items()}

    def mentioning(self, name: str) -> list[Site]:
        """Sites whose text has a name, whole or, if it starts with a capital, behind a prefix that a generator gives
        (`color_RED`). An extern block is told by what it holds."""
        found = []
        for path in sorted(self._paths_of_words.get(name, ())):
            text = self.texts[path]
            prefix = r"(?:[a-z]\w*_)?" if name[:1].isupper() else ""
            offsets = [m.start() for m in re.finditer(rf"\b{prefix}{re.escape(name)}\b".encode(), text.code)]
            for site in self.sites_in[path] if offsets else ():
                if site.kind is SiteKind.EXTERN_BLOCK:
                    continue
                start, end = text.offsets(site.span)
                if any(start <= offset < end for offset in offsets):
                    found.append(site)
        return found

    def functions_named(self, name: str) -> int:
        """How many functions of a name the files with sites define."""
        head = re.compile(rf"\bfn\s+{re.escape(name)}\b".encode())
        return sum(len(head.findall(self.texts[path].code)) for path in self._paths_of_words.get(name, ()))

    @cached_property
    def _paths_of_words(self) -> dict[str, set[str]]:
        """Files with sites, by the words in them: read once, whatever the number of questions."""
        found: dict[str, set[str]] = {}
        for path in self.sites_in:
            for word in set(_WORD.findall(self.texts[path].source)):
                name = word.decode()
                found.setdefault(name, set()).add(path)
                if (tail := _PREFIXED.match(name)) is not None:
                    found.setdefault(tail[1], set()).add(path)
        return found

    @cached_property
    def crossings_of_words(self) -> dict[str, list[Crossing]]:
        """Crossings by the words of the other side's declarations."""
        found: dict[str, list[Crossing]] = {}
        for crossing in self.crossings.values():
            for word in {w for anchor in crossing.foreign for w in _WORD.findall(anchor.text.encode())}:
                found.setdefault(word.decode(), []).append(crossing)
        return found

    def touching(self, path: str) -> list[tuple[Site, frozenset[str], frozenset[str]]]:
        """Each site of a changed file, the fields that it touches, and the types whose impl it stands in."""
        if path not in self._touching:
            functions = [item for item in self.items(path) if item.kind is ItemKind.FUNCTION]
            rows = []
            for site in self.sites_in.get(path, ()):
                around = [item for item in functions if covers(item.at, site.span)]
                touched = {t.name for item in around for t in item.touched if _within(t.at, site.span)}
                names = frozenset(name for name in touched if not name.isdigit())
                rows.append((site, names, frozenset(item.self_type for item in around)))
            self._touching[path] = rows
        return self._touching[path]

    @cached_property
    def crossings(self) -> dict[str, Crossing]:
        """Crossings by symbol."""
        return {c.symbol: c for c in self.review.program.crossings}

    @cached_property
    def sites_by_symbol(self) -> dict[str, tuple[Site, ...]]:
        """Sites that cross to a symbol, or are it."""
        found: dict[str, list[Site]] = {}
        for site in self.review.program.sites:
            for symbol in site.crossings:
                found.setdefault(symbol, []).append(site)
        return {symbol: tuple(sites) for symbol, sites in found.items()}


class ItemChange(NamedTuple):
    """An item that is not the same on both sides; one of the two is None when it came or went."""

    path: str
    """Of the newer item, if there is one."""
    before: Item | None
    after: Item | None
    old_path: str

    @property
    def any(self) -> Item:
        """The item as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def before_span(self) -> Span | None:
        """Where the older item stands."""
        return Span.of(self.old_path, self.before.at) if self.before is not None else None

    @property
    def after_span(self) -> Span | None:
        """Where the newer item stands."""
        return Span.of(self.path, self.after.at) if self.after is not None else None


class Sides:
    """Both snapshots, which site was which, and which findings are wanted."""

    def __init__(self, before: Side, after: Side, pairs: list[Pair], wanted: Filter = _REGULAR) -> None:
        self.before, self.after, self.pairs, self.wanted = before, after, pairs, wanted

    @cached_property
    def earlier(self) -> dict[str, Site]:
        """The older site of each newer one, by the newer id."""
        return {p.after.id: p.before for p in self.pairs if p.after is not None and p.before is not None}

    @cached_property
    def paths(self) -> list[str]:
        """Every file that the two do not share."""
        return sorted({*self.before.changed, *self.after.changed})

    @cached_property
    def items(self) -> tuple[ItemChange, ...]:
        """Every item of the changed files with its partner, in its own file if there is one, else in another."""
        rows: list[ItemChange] = []
        lone_before: list[tuple[str, Item]] = []
        lone_after: list[tuple[str, Item]] = []
        for path in self.paths:
            waiting = _by_key((path, item) for item in self.before.items(path))
            for item in self.after.items(path):
                partner = _take(waiting, item)
                if partner is None:
                    lone_after.append((path, item))
                else:
                    rows.append(ItemChange(path, partner[1], item, path))
            lone_before += [row for group in waiting.values() for row in group]
        waiting = _by_key(lone_before)
        for path, item in lone_after:
            partner = _take(waiting, item)
            rows.append(ItemChange(path, partner[1] if partner else None, item, partner[0] if partner else path))
        rows += [ItemChange(path, item, None, path) for group in waiting.values() for path, item in group]
        return tuple(rows)

    @cached_property
    def changed_items(self) -> tuple[ItemChange, ...]:
        """Those of the items that are not as they were."""
        return tuple(
            row for row in self.items
            if row.before is None or row.after is None
            or (row.before.head, row.before.body) != (row.after.head, row.after.body)
        )  # fmt: skip


def covers(at: Range, span: Span) -> bool:
    """Whether a range of the same file holds a span."""
    return (at.line, at.column) <= (span.line, span.column) and (span.end_line, span.end_column) <= (
        at.end_line, at.end_column,
    )  # fmt: skip


def _within(at: Range, span: Span) -> bool:
    return (span.line, span.column) <= (at.line, at.column) <= (span.end_line, span.end_column)


_Waiting = dict[tuple[str, ...], list[tuple[str, Item]]]


def _by_key(rows: Iterable[tuple[str, Item]]) -> _Waiting:
    found: _Waiting = {}
    for path, item in rows:
        found.setdefault(_key(item), []).append((path, item))
    return found


def _take(waiting: _Waiting, item: Item) -> tuple[str, Item] | None:
    """The partner of an item among those of its key: the one with the same text, else the first."""
    group = waiting.get(_key(item))
    if not group:
        return None
    same = next((i for i, (_, other) in enumerate(group) if (other.head, other.body) == (item.head, item.body)), 0)
    return group.pop(same)


def _key(item: Item) -> tuple[str, ...]:
    return item.kind, item.owner, item.name


def items_of(path: str, source: bytes) -> tuple[Item, ...]:
    """The items of a file of either language; none of other files."""
    if path.endswith(".rs"):
        return items_of_rust(source)
    return items_of_c(source, kind_of(path)) if path.endswith(C_ENDINGS) else ()
