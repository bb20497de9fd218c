"""Two parses by rustc and the entries of a comparison in; out: what had to be told, what was told, and every fault."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from comparison import places_of
from syntax_tree import Extent
from truth import Thing

from ffireview.model.comparison import CauseKind, Change, Entry
from ffireview.model.place import Span
from ffireview.model.program import Site

SHORT = 12
"""A text of fewer tokens may well stand in two places by chance; faults about such are counted apart."""

FAULTS = {
    "missed-new": "text that was not there before, and no entry at it",
    "missed-removed": "text that is no longer there, and no entry at it",
    "called-moved": "text that was not there before, and its entry says moved or affected",
    "new-was-there": "new, though the same text went away elsewhere in the commit",
    "new-was-there-short": "the same, of a text of few tokens",
    "new-was-there-swap": "new, though the text stood there before; the entry of that place has it changed",
    "removed-is-there": "removed, though the same text appeared elsewhere in the commit",
    "removed-is-there-short": "the same, of a text of few tokens",
    "removed-is-there-swap": "removed, though the text is there; the entry of that place has it changed",
    "changed-alike": "changed, with the same text on both sides, and no cause in its header or its SAFETY comment",
    "moved-differs": "moved, with another text",
    "stood-still": "moved or renamed, with the same text in the same owner and file",
    "untouched": "new, changed or removed in a file that the commit does not change",
    "twice": "two entries for one site",
    "failed": "the command failed",
}

_OWN = frozenset({Change.NEW, Change.CHANGED, Change.RENAMED, Change.REMOVED})


class Fault(NamedTuple):
    """One thing that is wrong, with the places to look at."""

    name: str
    kind: str
    before: Span | None
    after: Span | None
    note: str = ""


class Verdict(NamedTuple):
    """Counts, by name, and faults, of one commit."""

    counts: Counter[str]
    faults: list[Fault]


class _Truth:
    """The things of one version, by place and by key."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.by_place = {thing.place: thing for thing in things}
        self.by_key: dict[tuple[str, str], list[Thing]] = defaultdict(list)
        for thing in things:
            self.by_key[thing.key].append(thing)

    def of(self, site: Site | None) -> Thing | None:
        """The thing that a site is; None for one that rustc's tree does not speak of."""
        if site is None or site.macro is not None:
            return None
        return next((thing for place in _places(site) if (thing := self.by_place.get(place))), None)


def judge(before: Sequence[Thing], after: Sequence[Thing], entries: Sequence[Entry], changed: set[str]) -> Verdict:
    """Hold the entries against both parses; `changed` are the Rust files that the commit touches."""
    old, new = _Truth(before), _Truth(after)
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    _recall(old, new, entries, counts, faults)
    _moves(old, new, entries, counts)
    for change, side, own, other in ((Change.NEW, "after", new, old), (Change.REMOVED, "before", old, new)):
        told = [entry for entry in entries if entry.change is change]
        partners = _by_thing(entries, "before" if side == "after" else "after", other)
        faults += _fresh(told, side, own, other, partners, counts)
    for entry in entries:
        counts[f"entries {entry.change}"] += 1
        faults += _alike(entry, old.of(entry.before), new.of(entry.after), counts)
        faults += _untouched(entry, changed)
    faults += _twice(entries)
    return Verdict(counts, faults)


def _places(site: Site) -> list[tuple[str, str, int, int]]:
    at = site.span
    extent: Extent = (at.line, at.column, at.end_line, at.end_column)
    return [(place.kind, at.path, *place.extent[:2]) for place in places_of(site, extent)]


def _recall(old: _Truth, new: _Truth, entries: Sequence[Entry], counts: Counter[str], faults: list[Fault]) -> None:
    """Of each key, as many places must be told of as one version has more than the other."""
    told_after = _changes(entries, "after")
    told_before = _changes(entries, "before")
    for key in new.by_key.keys() | old.by_key.keys():
        things, earlier = new.by_key.get(key, []), old.by_key.get(key, [])
        counts["common"] += min(len(things), len(earlier))
        for side, group, told, surplus in (
            ("new", things, told_after, len(things) - len(earlier)),
            ("removed", earlier, told_before, len(earlier) - len(things)),
        ):
            if surplus <= 0:
                continue
            untold = [thing for thing in group if thing.place not in told]
            missing = max(0, surplus - (len(group) - len(untold)))
            counts[side] += surplus
            counts[f"{side} told"] += surplus - missing
            faults += [_missed(side, thing) for thing in untold[:missing]]
            known = [thing for thing in group if told.get(thing.place, _OWN) & _OWN]
            wrong = max(0, min(surplus, len(group)) - len(known))
            mild = [thing for thing in group if thing.place in told and not told[thing.place] & _OWN]
            faults += [_mild(side, thing, told[thing.place]) for thing in mild[:wrong]]


def _missed(side: str, thing: Thing) -> Fault:
    span = _span(thing)
    return Fault(f"missed-{side}", thing.kind, span if side == "removed" else None, span if side == "new" else None)


def _mild(side: str, thing: Thing, told: set[Change]) -> Fault:
    span = _span(thing)
    note = f"{side}, called {', '.join(sorted(told))}"
    return Fault("called-moved", thing.kind, span if side == "removed" else None, span if side == "new" else None, note)


def _changes(entries: Iterable[Entry], side: str) -> dict[tuple[str, str, int, int], set[Change]]:
    """What entries say of each place."""
    found: dict[tuple[str, str, int, int], set[Change]] = defaultdict(set)
    for entry in entries:
        site: Site | None = getattr(entry, side)
        if site is not None and site.macro is None:
            for place in _places(site):
                found[place].add(entry.change)
    return dict(found)


def _moves(old: _Truth, new: _Truth, entries: Iterable[Entry], counts: Counter[str]) -> None:
    """How many texts stand in another owner or file, and how many entries say moved or renamed of the same text."""
    for key in old.by_key.keys() & new.by_key.keys():
        here = Counter((thing.path, thing.owner) for thing in old.by_key[key])
        there = Counter((thing.path, thing.owner) for thing in new.by_key[key])
        counts["moved"] += min(len(old.by_key[key]), len(new.by_key[key])) - (here & there).total()
    for entry in entries:
        if entry.change in (Change.MOVED, Change.RENAMED):
            one, other = old.of(entry.before), new.of(entry.after)
            counts["moved told"] += bool(one and other and one.key == other.key)


def _by_thing(entries: Iterable[Entry], side: str, truth: _Truth) -> dict[Thing, Change]:
    found = ((truth.of(getattr(entry, side)), entry.change) for entry in entries)
    return {thing: change for thing, change in found if thing is not None}


def _fresh(
    told: list[Entry], side: str, own: _Truth, other: _Truth, partners: dict[Thing, Change], counts: Counter[str]
) -> Iterator[Fault]:
    """Entries that say new or removed of a text that the other version has as many times."""
    word = "new-was-there" if side == "after" else "removed-is-there"
    groups: dict[tuple[str, str], list[tuple[Entry, Thing]]] = defaultdict(list)
    for entry in told:
        thing = own.of(getattr(entry, side))
        if thing is not None:
            groups[thing.key].append((entry, thing))
    for key, rows in groups.items():
        elsewhere = other.by_key.get(key, [])
        counts[f"judged {rows[0][0].change}"] += len(rows)
        excess = len(rows) - max(0, len(own.by_key[key]) - len(elsewhere))
        for _, thing in rows[: max(0, excess)]:
            fates = [partners.get(partner) for partner in elsewhere]
            lone = Change.REMOVED if side == "after" else Change.NEW
            suffix = "-short" if thing.size < SHORT else "" if lone in fates else "-swap"
            place, origin = _span(thing), _span(elsewhere[fates.index(lone) if lone in fates else 0])
            yield Fault(
                word + suffix, thing.kind, *((origin, place) if side == "after" else (place, origin)),
                f"there: {', '.join(str(fate or 'no entry') for fate in fates)}",
            )  # fmt: skip


def _alike(entry: Entry, before: Thing | None, after: Thing | None, counts: Counter[str]) -> Iterator[Fault]:
    """Entries of one site in both versions, whose text is or is not the same."""
    if before is None or after is None:
        return
    counts[f"judged {entry.change}"] += entry.change not in (Change.NEW, Change.REMOVED)
    same = before.text == after.text
    spans = _span(before), _span(after)
    if entry.change is Change.CHANGED and same and not any(map(_beside_text, entry.causes)):
        yield Fault("changed-alike", after.kind, *spans, "; ".join(f"{c.kind}: {c.text}" for c in entry.causes))
    if entry.change is Change.MOVED and not same:
        yield Fault("moved-differs", after.kind, *spans)
    stays = same and (before.path, before.owner) == (after.path, after.owner)
    if entry.change in (Change.MOVED, Change.RENAMED) and stays:
        yield Fault("stood-still", after.kind, *spans, entry.change)


def _beside_text(cause: object) -> bool:
    kind: CauseKind = cause.kind  # type: ignore[attr-defined]
    return kind is CauseKind.HEADER or kind.startswith("safety-")


def _untouched(entry: Entry, changed: set[str]) -> Iterator[Fault]:
    spans = [site.span for site in (entry.before, entry.after) if site is not None]
    beside = entry.change is Change.CHANGED and any(map(_beside_text, entry.causes))
    if entry.change in _OWN and not beside and not any(span.path in changed for span in spans):
        before, after = (site.span if site else None for site in (entry.before, entry.after))
        yield Fault("untouched", entry.site.kind, before, after, entry.change)


def _twice(entries: Iterable[Entry]) -> Iterator[Fault]:
    for side in ("before", "after"):
        sites = [site for entry in entries if (site := getattr(entry, side)) is not None]
        for (kind, span), times in Counter((site.kind, site.span) for site in sites).items():
            if times > 1:
                yield Fault("twice", kind, *((span, None) if side == "before" else (None, span)), f"{times} entries")


def _span(thing: Thing) -> Span:
    return Span(thing.path, *thing.extent)
