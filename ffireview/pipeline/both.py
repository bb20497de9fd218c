"""Two snapshots in, their comparison out: each is reviewed, what they share is read once."""

import hashlib
from datetime import date
from functools import partial
from typing import NamedTuple

from ffireview.compare import Side, Sides, compare
from ffireview.compare.pairs import pair_sites
from ffireview.compare.texts import Texts
from ffireview.link.types.shapes import LP64
from ffireview.model.comparison import Comparison
from ffireview.model.finding import Filter
from ffireview.model.place import Problem
from ffireview.model.review import Review
from ffireview.model.snapshot import Entry, Listing, Snapshot
from ffireview.model.suppression import Baseline
from ffireview.pipeline.contents import Contents
from ffireview.pipeline.memory import Memory
from ffireview.pipeline.one import NO_BASELINE, review
from ffireview.pipeline.stages import Mapper, Progress, read_bytes

REGULAR = Filter()
_HASHED = 2000
_SHA256 = 64


class Version(NamedTuple):
    """A snapshot, and what a person calls it."""

    snapshot: Snapshot
    label: str


def compare_snapshots(
    before: Version,
    after: Version,
    run: Mapper = map,
    progress: Progress | None = None,
    data_model: str = LP64.name,
    memory: Memory | None = None,
    today: date | None = None,
    baseline: Baseline = NO_BASELINE,
    wanted: Filter = REGULAR,
) -> tuple[Comparison, Review]:
    """What is between two snapshots, and the review of the newer one. Both are reviewed for the same day and against
    the same baseline; `wanted` are the findings that are reasons."""
    memory = memory or Memory()
    older, newer = before.snapshot.listing(), after.snapshot.listing()
    changed = changed_paths(before.snapshot, older, after.snapshot, newer, run)
    newer = _with_contents(newer, older, set(changed))
    sides = []
    for (snapshot, _), listing in ((before, older), (after, newer)):
        found = review(snapshot, run, progress, data_model, memory, listing, today, baseline)
        present = {entry.path for entry in listing.entries}
        read = ((path, read_bytes(snapshot, path)) for path in changed if path in present)
        sources = {path: source for path, source in read if isinstance(source, bytes)}
        sides.append(Side(found, sources, Texts(Contents(snapshot))))
    old, new = sides
    pairs = pair_sites(old.review.program.sites, new.review.program.sites, old.texts, new.texts)
    return compare(Sides(old, new, pairs, wanted), before.label, after.label), new.review


def changed_paths(before: Snapshot, older: Listing, after: Snapshot, newer: Listing, run: Mapper = map) -> list[str]:
    """Every file that is not the same, byte for byte, in both. Where one side knows no hash of a file, its bytes are
    hashed."""
    then = {entry.path: entry for entry in older.entries}
    now = {entry.path: entry for entry in newer.entries}
    found = set(then.keys() ^ now.keys())
    unsure: list[tuple[Entry, Entry]] = []
    for path in then.keys() & now.keys():
        one, other = then[path], now[path]
        if one.content and other.content:
            found.update([path] if one.content != other.content else [])
        elif one.size and other.size and one.size != other.size:
            found.add(path)
        else:
            unsure.append((one, other))
    unsure.sort()
    batches = [unsure[at : at + _HASHED] for at in range(0, len(unsure), _HASHED)]
    for paths in run(partial(_differing, before, after), batches):
        found.update(paths)
    return sorted(found)


def _differing(before: Snapshot, after: Snapshot, pairs: list[tuple[Entry, Entry]]) -> list[str]:
    return [
        one.path for one, other in pairs
        if (one.content or _hashed(before, one.path, other.content))
        != (other.content or _hashed(after, other.path, one.content))
    ]  # fmt: skip


def _hashed(snapshot: Snapshot, path: str, like: str) -> str:
    """The hash under which git would keep a file; of a file that cannot be read, why."""
    source = snapshot.read(path)
    if isinstance(source, Problem):
        return source.message
    function = hashlib.sha256 if len(like) == _SHA256 else hashlib.sha1
    return function(b"blob %d\0" % len(source) + source).hexdigest()


def _with_contents(newer: Listing, older: Listing, changed: set[str]) -> Listing:
    """What did not change holds what the older snapshot says that it holds."""
    contents = {entry.path: entry.content for entry in older.entries if entry.path not in changed}
    entries = (Entry(entry.path, entry.size, entry.content or contents.get(entry.path, "")) for entry in newer.entries)
    return Listing(tuple(entries), newer.problems)
