"""Fixes of known bugs run backwards: does `ffireview diff FIX..PARENT` show the buggy place first?

reversed.py BUGS.jsonl CLONES [--misses FILE]
"""

import argparse
import json
import math
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parent.parent / "oracle"))

from history import changed_files, clone_of, contents, git
from running import RunFailed, compared
from syntax_tree import Extent, UnparsableError, read_truth

from ffireview.model.comparison import Entry
from ffireview.model.place import Span

DEPTHS = (1, 3, 5, 10)
MANY = 5
"""Diffs of more entries than this stand in rows of their own: there the order decides."""

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_FUNCTION = re.compile(r'(?:pub(?:\([^)]*\))?\s+)?(?:(?:default|const|async|unsafe|extern(?:\s*"[^"]*")?)\s+)*fn\b')


class Place(NamedTuple):
    """A buggy place: the file, and the lines of the function, header or block that holds it."""

    file: str
    start: int
    end: int


class Bug(NamedTuple):
    """A bug of the list, with what is needed to run its fix backwards."""

    id: str
    repository: str
    fix: str
    parent: str
    ffi: bool
    cause: str
    places: tuple[Place, ...]


class Result(NamedTuple):
    """Ranks from 1, and 0 for nowhere, by each order; and what a person needs to understand a miss."""

    bug: Bug
    entries: int
    ranks: dict[str, int]
    hits: int
    """How many entries show a buggy place."""
    folded: bool
    """Whether only entries that are folded into others are at the buggy place."""
    failure: str
    shown: tuple[str, ...]


def main() -> int:
    """Run every fix backwards; print shares and write the misses."""
    options = _options()
    bugs = list(_bugs(options.bugs))
    results: list[Result] = []
    with ProcessPoolExecutor(options.processes) as pool, tempfile.TemporaryDirectory() as cache:
        for result in pool.map(_tried, bugs, [options.clones] * len(bugs), [cache] * len(bugs)):
            results.append(result)
            print(f"\r{len(results)} of {len(bugs)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    if options.misses:
        options.misses.write_text("".join(_miss(result) for result in results if not 0 < result.ranks["ours"] <= MANY))
    _report(results)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bugs", type=Path, metavar="BUGS.jsonl")
    parser.add_argument("clones", type=Path, metavar="CLONES", help="bare clones named owner+name/repo")
    parser.add_argument("--misses", type=Path, metavar="FILE", help="write there what is not among the first five")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def _bugs(path: Path) -> Iterator[Bug]:
    for line in path.read_text().splitlines():
        row = json.loads(line)
        places = {
            Place(site["file"], min(site["unit_start"], site["start_line"]), max(site["unit_end"], site["end_line"]))
            for site in row["sites"]
        }
        yield Bug(
            row["id"], row["repo"], row["fix_commit"], row["parent_commit"], row["ffi"], row["cause"],
            tuple(sorted(places)),
        )  # fmt: skip


def _tried(bug: Bug, clones: Path, cache: str) -> Result:
    nothing = Result(bug, 0, dict.fromkeys(ORDERS, 0), 0, False, "", ())
    try:
        clone = clone_of(clones, bug.repository)
        found = compared(clone, bug.fix, bug.parent, cache).entries
        sizes = _sizes(clone, bug, found)
    except (RunFailed, OSError) as error:
        return nothing._replace(failure=str(error))
    entries = [entry for entry in found if not entry.within]
    ranks = {}
    for name, order in ORDERS.items():
        ordered = order(entries, sizes)
        ranks[name] = next((rank for rank, entry in enumerate(ordered, 1) if _shows(entry, bug)), 0)
    hits = sum(_shows(entry, bug) for entry in entries)
    folded = not hits and any(_shows(entry, bug) for entry in found)
    return Result(bug, len(entries), ranks, hits, folded, "", tuple(map(_described, entries[:MANY])))


def _shows(entry: Entry, bug: Bug) -> bool:
    """Whether the entry's site as it is now lies in, or around, a buggy place."""
    at = entry.after.span if entry.after else None
    return at is not None and any(
        at.path == place.file and at.line <= place.end and place.start <= at.end_line for place in bug.places
    )


def _at(entry: Entry) -> Span:
    return entry.site.span


ORDERS: dict[str, Callable[[list[Entry], dict[Span, int]], list[Entry]]] = {
    "ours": lambda entries, _: entries,
    "by file": lambda entries, _: sorted(entries, key=_at),
    "by changed lines": lambda entries, sizes: sorted(entries, key=lambda e: (-sizes.get(_at(e), 0), _at(e))),
}
"""The entries as ffireview orders them, and the same ones in two orders that need no ffireview."""


def _sizes(clone: Path, bug: Bug, entries: tuple[Entry, ...]) -> dict[Span, int]:
    """How many lines the commit changes in the function around each entry."""
    before = {entry.site.span for entry in entries if entry.after is None}
    after = {entry.site.span for entry in entries if entry.after is not None}
    lines = _changed_lines(clone, bug)
    files = {file.path: file for file in changed_files(clone, bug.fix, bug.parent, "*.rs")}
    found: dict[Span, int] = {}
    for side, spans in (("before", before), ("after", after)):
        for path in {span.path for span in spans} & files.keys():
            functions = _functions(clone, getattr(files[path], side))
            touched = lines.get((path, side), [])
            for span in (span for span in spans if span.path == path):
                start, end = _around(span, functions)
                found[span] = sum(weight for line, weight in touched if start <= line <= end)
    return found


def _changed_lines(clone: Path, bug: Bug) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """By file and side: lines of that side, with how many lines of both sides change there."""
    text = git(clone, "diff", "-U0", "--no-renames", "--no-ext-diff", "--no-color", bug.fix, bug.parent, "--", "*.rs")
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    names = {"before": "", "after": ""}
    for line in text.decode("utf-8", "replace").splitlines():
        if line.startswith(("--- ", "+++ ")):
            names["before" if line[0] == "-" else "after"] = line[6:].rstrip("\t")
        elif hunk := _HUNK.match(line):
            old, gone, new, come = (int(number) if number else 1 for number in hunk.groups())
            for side, first, own, other in (("before", old, gone, come), ("after", new, come, gone)):
                rows = found.setdefault((names[side], side), [])
                rows.append((first, other))
                rows += [(first + i, 1) for i in range(own)]
    return found


def _functions(clone: Path, name: str) -> list[Extent]:
    """The functions of one version of a file, as rustc sees them; none where it cannot read it."""
    if not name:
        return []
    source = contents(clone, [name])[name]
    try:
        items = read_truth(source).items
    except (UnparsableError, UnicodeDecodeError):
        return []
    lines = source.decode("utf-8-sig").splitlines()
    return sorted(item for item in items if _FUNCTION.match(lines[item[0] - 1][item[1] - 1 :]))


def _around(span: Span, functions: list[Extent]) -> tuple[int, int]:
    """The lines of the innermost function around a site, or of the site."""
    holding = [at for at in functions if at[0] <= span.line and span.end_line <= at[2]]
    return (holding[-1][0], holding[-1][2]) if holding else (span.line, span.end_line)


def _report(results: list[Result]) -> None:
    failed = [result for result in results if result.failure]
    print(f"{len(results)} fixes backwards, {len(failed)} could not be run")
    run = [result for result in results if not result.failure]
    groups = {
        "all": run,
        "at the boundary": [r for r in run if r.bug.ffi],
        "Rust alone": [r for r in run if not r.bug.ffi],
        f"over {MANY} entries": [r for r in run if r.entries > MANY],
    }
    for title, some in groups.items():
        entries = [result.entries for result in some]
        middle, most = (median(entries), max(entries)) if entries else (0, 0)
        print(f"\n{title}: {len(some)} bugs, entries: median {middle}, most {most}")
        heads = "".join(f"{f'first {depth}':>10}" for depth in DEPTHS)
        print(f"  {'order':<20}{heads}{'anywhere':>10}{'no entry':>10}{'mean 1/rank':>13}")
        for name in ORDERS:
            ranks = [result.ranks[name] for result in some]
            _row(name, [[float(0 < rank <= depth) for rank in ranks] for depth in DEPTHS], some, ranks)
        chances = [[_chance(result, depth) for result in some] for depth in DEPTHS]
        _row("at random", chances, some, [])


def _row(name: str, shares: list[list[float]], some: list[Result], ranks: list[int]) -> None:
    cells = "".join(f"{_mean(share):>10.3f}" for share in shares)
    anywhere, none = (_mean([float(test(r)) for r in some]) for test in (lambda r: r.hits > 0, lambda r: not r.entries))
    mean = f"{_mean([1 / rank if rank else 0.0 for rank in ranks]):>13.3f}" if ranks else ""
    print(f"  {name:<20}{cells}{anywhere:>10.3f}{none:>10.3f}{mean}")


def _chance(result: Result, depth: int) -> float:
    """That one of the hits is among the first few when the order is left to chance."""
    if not result.hits or result.entries <= depth:
        return float(result.hits > 0)
    return 1 - math.comb(result.entries - result.hits, depth) / math.comb(result.entries, depth)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _miss(result: Result) -> str:
    bug = result.bug
    places = ", ".join(f"{place.file}:{place.start}-{place.end}" for place in bug.places)
    ranks = ", ".join(f"{name} {rank}" for name, rank in result.ranks.items())
    why = result.failure or ("only in folded entries" if result.folded else "")
    rows = "".join(f"  {i}. {row}\n" for i, row in enumerate(result.shown, 1))
    return (
        f"\n==== {bug.id} {bug.repository} {bug.fix}..{bug.parent} {'ffi' if bug.ffi else 'rust'}\n"
        f"{bug.cause}\nat {places}\nrank: {ranks}; {result.entries} entries; {why}\n{rows}"
    )


def _described(entry: Entry) -> str:
    causes = "; ".join(f"{cause.kind} {cause.points}: {cause.text}" for cause in entry.causes[:3])
    risks = f"{entry.attention} ({entry.risk_before} -> {entry.risk_after})"
    return f"{risks} {entry.change} {entry.site.kind} {entry.site.owner} {entry.site.span} | {causes}"


if __name__ == "__main__":
    sys.exit(main())
