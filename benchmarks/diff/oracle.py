"""Judge `ffireview diff` on real commits by rustc's parse of both versions: `oracle.py CLONES`, a table."""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice, zip_longest
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parent.parent / "oracle"))

from history import ChangedFile, Commit, clone_of, contents, draw
from judge import FAULTS, Fault, Verdict, judge
from running import RunFailed, compared
from truth import Thing, Unparsable, things_of

from ffireview.model.comparison import Entry
from ffireview.model.place import Span

REPOSITORIES = {
    "firecracker": ("firecracker-microvm/firecracker", ""),
    "hyperlight": ("hyperlight-dev/hyperlight", ""),
    "rust-openssl": ("sfackler/rust-openssl", ""),
    "git2-rs": ("rust-lang/git2-rs", ""),
    "rav1d": ("memorysafety/rav1d", ""),
    "suricata": ("OISF/suricata", "rust/"),
}
"""Where the histories are, and the folder whose Rust files a commit must touch."""
SEED = 20
_SHOWN = 14
_INSIDE = "-short", "-swap"
_JUDGED = (
    ("new", "new-was-there"), ("removed", "removed-is-there"), ("changed", "changed-alike"), ("moved", "moved-differs"),
)  # fmt: skip
"""What entries say, and the fault that makes it wrong."""


class Task(NamedTuple):
    """A commit of a clone, to be parsed or judged."""

    name: str
    clone: Path
    commit: Commit
    kept: Path | None


class Parsed(NamedTuple):
    """The commit's unsafe places before and after; only `refused` where rustc cannot read one of its files."""

    before: list[Thing]
    after: list[Thing]
    refused: str = ""


class Outcome(NamedTuple):
    """What the judgement of a commit says."""

    task: Task
    verdict: Verdict
    seconds: float
    text: str
    """The faults, with code, for a person."""


def main() -> int:
    """Draw commits, parse and judge them; 1 when a floor is not reached."""
    options = _options()
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        cache = os.environ.get("FFIREVIEW_CACHE") or stack.enter_context(tempfile.TemporaryDirectory())
        pool = stack.enter_context(ProcessPoolExecutor(options.processes))
        rows = [_parsable(name, options, pool) for name in options.only or REPOSITORIES]
        tasks = [task for row in zip_longest(*rows) for task in row if task]
        faults = stack.enter_context(options.faults.open("w")) if options.faults else None
        for done in pool.map(_judged, tasks, [cache] * len(tasks)):
            outcomes.append(done)
            if faults:
                print(done.text, end="", file=faults, flush=True)
            print(f"\r{len(outcomes)} of {len(tasks)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return 0 if report(sorted(outcomes, key=lambda done: done.task.name), options.min) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clones", type=Path, metavar="CLONES", help="bare clones named owner+name/repo")
    parser.add_argument("--only", action="append", choices=sorted(REPOSITORIES), help="a repository; may repeat")
    parser.add_argument("--commits", type=int, default=55, help="of each repository (default 55)")
    parser.add_argument("--commit", help="just this commit, by its full hash; with one --only")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="remember what rustc said, for the next run")
    parser.add_argument("--faults", type=Path, metavar="FILE", help="write every fault there, with its code")
    parser.add_argument("--min", type=float, default=1.0, help="lowest recall and precision (default 1.0)")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    return options


def _parsable(name: str, options: argparse.Namespace, pool: ProcessPoolExecutor) -> list[Task]:
    """Drawn commits whose Rust files rustc can all read."""
    repository, below = REPOSITORIES[name]
    clone = clone_of(options.clones, repository)
    drawn = (Task(name, clone, commit, options.keep) for commit in draw(clone, below, options.seed))
    if options.commit:
        return [task for task in drawn if task.commit.hash == options.commit]
    found: list[Task] = []
    refused = 0
    while len(found) < options.commits and (some := list(islice(drawn, options.commits - len(found)))):
        for task, why in zip(some, pool.map(_refusal, some), strict=True):
            refused += bool(why)
            found += [] if why else [task]
    print(f"{name}: {len(found)} commits, {refused} left out because rustc cannot read a file", file=sys.stderr)
    return found


def _refusal(task: Task) -> str:
    return _parsed(task).refused


def _parsed(task: Task) -> Parsed:
    files = task.commit.files
    sources = contents(task.clone, [name for file in files for name in (file.before, file.after) if name])
    sides: list[list[Thing]] = []
    try:
        for side in ("before", "after"):
            rows = [(file.path, sources[name]) for file in files if (name := getattr(file, side))]
            sides.append([thing for path, source in rows for thing in things_of(path, source, task.kept)])
    except Unparsable as error:
        return Parsed([], [], str(error))
    return Parsed(*sides)


def _judged(task: Task, cache: str) -> Outcome:
    parsed = _parsed(task)
    start = time.perf_counter()
    try:
        entries = compared(task.clone, task.commit.parent, task.commit.hash, cache).entries
        verdict = judge(parsed.before, parsed.after, entries, {file.path for file in task.commit.files})
    except RunFailed as error:
        entries, verdict = (), Verdict(Counter(), [Fault("failed", "", None, None, str(error))])
    return Outcome(task, verdict, time.perf_counter() - start, "".join(_told(task, verdict, entries)))


def report(outcomes: list[Outcome], floor: float) -> bool:
    """Print the tables; say whether recall and precision reach the floor."""
    names = list(dict.fromkeys(outcome.task.name for outcome in outcomes))
    rows = {name: [o for o in outcomes if o.task.name == name] for name in names} | {"all": outcomes}
    print(f"{'':<14}{'commits':>8}{'rearr.':>8}{'common':>8}{'moved':>7}{'told':>6}{'new':>7}{'recall':>8}{'removed':>9}"
          f"{'recall':>8}{'seconds':>9}{'most':>6}")  # fmt: skip
    good = True
    for name, some in rows.items():
        counts = _sum(some)
        recalls = [_share(counts[f"{side} told"], counts[side]) for side in ("new", "removed")]
        good &= min(recalls) >= floor
        times = [outcome.seconds for outcome in some]
        told = sum(outcome.task.commit.rearranging for outcome in some)
        print(f"{name:<14}{len(some):>8}{told:>8}{counts['common']:>8}{counts['moved']:>7}{counts['moved told']:>6}"
              f"{counts['new']:>7}{recalls[0]:>8.4f}{counts['removed']:>9}{recalls[1]:>8.4f}"
              f"{median(times):>9.2f}{max(times):>6.1f}")  # fmt: skip
    print(f"\n{'entries judged':<14}" + "".join(f"{change:>9}{'right':>8}" for change, _ in _JUDGED))
    for name, some in rows.items():
        counts = _sum(some)
        faults = Counter(fault.name for outcome in some for fault in outcome.verdict.faults)
        judged = [(counts[f"judged {change}"], _wrong(faults, fault)) for change, fault in _JUDGED]
        shares = [(number, _share(number - wrong, number)) for number, wrong in judged]
        good &= min(share for _, share in shares) >= floor
        print(f"{name:<14}" + "".join(f"{number:>9}{share:>8.4f}" for number, share in shares))
    faults = Counter(fault.name for outcome in outcomes for fault in outcome.verdict.faults)
    print("\nfaults")
    for name, meaning in FAULTS.items():
        print(f"  {name:<24}{faults[name]:>6}  {meaning}")
    return good


def _wrong(faults: Counter[str], name: str) -> int:
    return sum(faults[name + suffix] for suffix in ("", *_INSIDE))


def _sum(outcomes: list[Outcome]) -> Counter[str]:
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total.update(outcome.verdict.counts)
    return total


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _told(task: Task, verdict: Verdict, entries: tuple[Entry, ...]) -> Iterator[str]:
    """The faults of a commit for a person: both places with their code, and the entries at or around them."""
    if not verdict.faults:
        return
    files = {file.path: file for file in task.commit.files}
    yield f"\n==== {task.name} {task.commit.hash} {task.commit.subject}\n"
    for fault in verdict.faults:
        yield f"\n---- {fault.name} {fault.kind} {fault.note}\n"
        for side, span in (("before", fault.before), ("after", fault.after)):
            if span is not None:
                yield f"{side} {span}-{span.end_line}\n"
                yield from _code(task, files.get(span.path), side, span)
                for entry in entries:
                    site = getattr(entry, side)
                    if site is not None and site.span.path == span.path and _overlap(site.span, span):
                        yield f"     * {_described(entry)}\n"


def _code(task: Task, file: ChangedFile | None, side: str, span: Span) -> Iterator[str]:
    name = getattr(file, side) if file else ""
    if not name:
        return
    lines = contents(task.clone, [name])[name].decode("utf-8", "replace").splitlines()
    shown = range(max(span.line - 3, 1), min(span.end_line + 1, len(lines)) + 1)
    for number in shown[:_SHOWN]:
        yield f"{number:>6} | {lines[number - 1]}\n"
    if len(shown) > _SHOWN:
        yield "       ...\n"


def _overlap(one: Span, other: Span) -> bool:
    return one.line <= other.end_line and other.line <= one.end_line


def _described(entry: Entry) -> str:
    sides = " -> ".join(f"{site.span}" if site else "nothing" for site in (entry.before, entry.after))
    causes = "; ".join(f"{cause.kind}: {cause.text}" for cause in entry.causes[:3])
    folded = " (within)" if entry.within else ""
    return f"{entry.change} {entry.site.kind} {entry.site.owner} {sides}{folded} | {causes}"


if __name__ == "__main__":
    sys.exit(main())
