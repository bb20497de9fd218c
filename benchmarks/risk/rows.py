"""A tree in, its canonical units with their signs out: what `fit.py` fits on, kept as JSON so that it is read once."""

import json
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ffireview.flow import Codebase
from ffireview.model.facts import SiteKind
from ffireview.pipeline import review
from ffireview.score.forms import alike
from ffireview.score.signs import signs
from ffireview.score.units import Unit, units
from ffireview.sources import open_folder

Bug = dict[str, Any]
NEAR = 3
"""Lines between where the measuring tool and ffireview let a function begin (attributes)."""


class Row(NamedTuple):
    """A canonical unit: what the measuring tool calls it, and the signs that ffireview sees there."""

    kind: str
    lines: int
    signs: list[str]
    alike: int


class Tree(NamedTuple):
    """A repository at one commit; `buggy` has the units of each bug by its id."""

    repository: str
    rows: list[Row]
    buggy: dict[str, list[int]]


def read_trees(tool: Any, bugs: list[Bug], mirror: str, kept: Path) -> Iterator[Tree]:
    """The trees of the bugs, from `kept` where they were read before."""
    by_tree: dict[tuple[str, str], list[Bug]] = defaultdict(list)
    for bug in bugs:
        by_tree[bug["repo"], bug["parent_commit"]].append(bug)
    kept.mkdir(parents=True, exist_ok=True)
    for (repository, commit), rows in sorted(by_tree.items()):
        file = kept / f"{repository.replace('/', '+')}@{commit[:10]}.json"
        if not file.exists():
            file.write_text(json.dumps(_read(tool, mirror, repository, commit, rows)))
        name, found, buggy = json.loads(file.read_text())
        yield Tree(name, [Row(*row) for row in found], buggy)


def _read(tool: Any, mirror: str, repository: str, commit: str, bugs: list[Bug]) -> Tree:
    git = tool.gitdir(mirror, repository)
    if git is None:
        raise FileNotFoundError(f"{repository} is not in {mirror}")
    with tempfile.TemporaryDirectory() as folder:
        try:
            tool.extract(git, commit, folder)
        except (RuntimeError, subprocess.SubprocessError) as error:
            raise FileNotFoundError(f"{repository} has no {commit}: {error}") from error
        return tree(repository, list(tool.units_of(folder)), Codebase(review(open_folder(folder)).program), bugs)


def tree(repository: str, canonical: list[tuple[str, Any]], codebase: Codebase, bugs: list[Bug]) -> Tree:
    """Canonical units with the signs of the units of ffireview that they are or hold."""
    ends: dict[tuple[str, int], list[int]] = defaultdict(list)
    files: dict[str, list[int]] = defaultdict(list)
    for index, (path, unit) in enumerate(canonical):
        ends[path, unit["end"]].append(index)
        files[path].append(index)
    names: list[set[str]] = [set() for _ in canonical]
    forms = [0] * len(canonical)
    found = units(codebase)
    for unit, others in zip(found, alike(found), strict=True):
        for index in _places(unit, canonical, ends, files):
            names[index] |= set(signs(unit))
            forms[index] = max(forms[index], others)
    rows = [
        Row(unit["kind"], unit["end"] - unit["start"] + 1, sorted(names[index]), forms[index])
        for index, (_, unit) in enumerate(canonical)
    ]
    return Tree(repository, rows, {bug["id"]: _buggy(bug, canonical, ends) for bug in bugs})


def _places(
    unit: Unit, canonical: list[tuple[str, Any]], ends: dict[tuple[str, int], list[int]], files: dict[str, list[int]]
) -> Iterator[int]:
    path = unit.sites[0].span.path
    if unit.code is not None:
        body = unit.code.body
        near: Callable[[Any], bool] = lambda one: one["kind"] == "fn" and abs(one["start"] - body.line) <= NEAR  # noqa: E731
        yield from (i for i in ends.get((path, body.end_line), ()) if near(canonical[i][1]))
        return
    for site in unit.sites:
        first = site.span.line
        last = first if site.kind is SiteKind.UNSAFE_TRAIT else site.span.end_line
        for index in files.get(path, ()):
            one = canonical[index][1]
            inside = first >= one["start"] - NEAR and last <= one["end"]
            if one["start"] <= last and one["end"] >= first and (one["kind"] != "fn" or inside):
                yield index


def _buggy(bug: Bug, canonical: list[tuple[str, Any]], ends: dict[tuple[str, int], list[int]]) -> list[int]:
    found = {
        index
        for site in bug["sites"]
        for index in ends.get((site["file"], site["unit_end"]), ())
        if canonical[index][1]["start"] == site["unit_start"] and canonical[index][1]["kind"] == site["kind"]
    }
    return sorted(found)
