#!/usr/bin/env python3
"""Fit the score's weights on known bugs: cross-validated by repository, then on all, and written as `weights.toml`.

    python benchmarks/risk/fit.py EVAL MIRROR --rows FOLDER [--write]

Needs numpy and scipy beside what ffireview needs. EVAL and MIRROR are those of `measure.py`. README.md says more.
"""

import argparse
import importlib
import random
import re
import sys
from collections import Counter
from math import ceil, log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rows import Bug, Tree, read_trees
from scipy.optimize import minimize

from ffireview.score.rarity import Rarity
from ffireview.score.sum import ALIKE

SCALE = 16.0
"""Points of the score for one unit of the fitted sum."""
PRIOR = 0.4 / 3
"""What a nat of surprise is worth before any bug was seen: every sign the same."""
SHAPES = {
    "threads-unbounded": 3.0, "pointer-outlives": 2.0, "owner-of-void": 2.0, "slice-unasked": 1.5,
    "string-unasked": 1.5, "dereferences-result": 1.5, "uninitialized": 1.5, "borrowing-type-to-c": 1.5,
    "length-before-bytes": 1.5,
}  # fmt: skip
"""Signs that are a flaw's whole shape and not only a part of one (`shapes.md`): worth this much more from the start."""
STRENGTH = 0.09
"""How hard the fit holds on to it."""
FOLDS = 5
SEEDS = (0, 1, 2)
NEGATIVES = 150
"""Units that are not buggy, drawn for each buggy one."""
SIMILAR = 0.5
"""The part of the drawn pairs in which both are of one kind and of similar length."""
LOWERS = ("alike", "unsafe-fn", "unsafe-reach", "returns-number", "implements-drop", "thin-wrapper")
TABLE = Path(__file__).resolve().parents[2] / "ffireview" / "score" / "weights.toml"


class Case(NamedTuple):
    """A bug among the units of its tree: a row of numbers for each, in the order of the names."""

    bug: Bug
    family: str
    values: Any
    kinds: Any
    lines: Any
    buggy: Any
    others: Any


class Figures(NamedTuple):
    """How high the buggy units of a case stand; None where a tree is too small to say."""

    auc: float
    similar: float | None
    recall: float | None
    best: float


def main() -> None:
    """Print the figures of three rankings, then the weights; write them when asked."""
    options = _options()
    sys.path.insert(0, str(options.evaluation))
    tool: Any = importlib.import_module("bug_eval")
    bugs = list(tool.load(options.evaluation / "bugs_dev.jsonl", "medium", None))
    trees = list(read_trees(tool, bugs, str(options.mirror), options.rows))
    names = sorted({sign for tree in trees for row in tree.rows for sign in row.signs} - set(LOWERS))
    usual = _usual(trees, names)
    names += LOWERS
    cases = _cases(trees, {bug["id"]: bug for bug in bugs}, names, usual)
    print(f"{len(cases)} bugs, {len(names)} signs\n")
    equal = _start(names)
    _report("not fitted", cases, [figures(case, case.values @ equal) for case in cases])
    _report("cross-validated", cases, _validated(cases, names))
    fitted = _fit(cases, names, 0)
    _report("fitted on all", cases, [figures(case, case.values @ fitted) for case in cases])
    _bands(cases, fitted)
    if options.write:
        TABLE.write_text(_rewritten(TABLE.read_text(), names, fitted, usual))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("mirror", type=Path)
    parser.add_argument("--rows", type=Path, required=True, help="where the signs of each tree are kept")
    parser.add_argument("--write", action="store_true", help="write the weights")
    return parser.parse_args()


def _usual(trees: list[Tree], names: list[str]) -> dict[str, float]:
    """The share of each sign among the units of a tree: a mean over repositories."""
    shares: dict[str, list[Counter[str]]] = {}
    for tree in trees:
        counts = Counter(sign for row in tree.rows for sign in row.signs)
        shares.setdefault(tree.repository, []).append(Counter({n: c / len(tree.rows) for n, c in counts.items()}))
    means = [{name: sum(row[name] for row in rows) / len(rows) for name in names} for rows in shares.values()]
    return {name: sum(mean[name] for mean in means) / len(means) for name in names}


def _cases(trees: list[Tree], bugs: dict[str, Bug], names: list[str], usual: dict[str, float]) -> list[Case]:
    found = []
    for tree in trees:
        values = _values(tree, names, usual)
        kinds = np.array([row.kind for row in tree.rows])
        lines = np.array([row.lines for row in tree.rows])
        for identity, buggy in tree.buggy.items():
            others = np.setdiff1d(np.arange(len(tree.rows)), buggy)
            if buggy and len(others) and identity in bugs:
                bug = bugs[identity]
                family = bug["family"] or bug["repo"]
                found.append(Case(bug, family, values, kinds, lines, np.array(buggy), others))
    return found


def _values(tree: Tree, names: list[str], usual: dict[str, float]) -> Any:
    """The surprise of each sign that a unit has; 1 for signs that lower; `ln(1 + n)` for n units of the same form."""
    rarity = Rarity((row.signs for row in tree.rows), usual)
    worth = {name: 1.0 if name in LOWERS else rarity.surprise(name) for name in names}
    column = {name: index for index, name in enumerate(names)}
    values = np.zeros((len(tree.rows), len(names)))
    for index, row in enumerate(tree.rows):
        for sign in row.signs:
            if sign in column:
                values[index, column[sign]] = worth[sign]
        values[index, column["alike"]] = log(1 + min(row.alike, ALIKE))
    return values


def _start(names: list[str]) -> Any:
    """Every sign that raises as good as another, but for whole shapes; for those that lower, a guess."""
    return np.array([-0.3 if name in LOWERS else PRIOR * SHAPES.get(name, 1.0) for name in names])


def figures(case: Case, scores: Any) -> Figures:
    """As the measuring tool counts: chance to stand above another unit, above one like it, to be in the first tenth."""
    own, others = scores[case.buggy], np.sort(scores[case.others])
    below = (np.searchsorted(others, own, "left") + np.searchsorted(others, own, "right")) / 2 / len(others)
    chances = [_in_front(scores, score, ceil(0.1 * len(scores))) for score in own]
    like = [chance for index in case.buggy if (chance := _above_similar(case, scores, index)) is not None]
    big = len(scores) >= 20
    similar, recall = float(np.mean(like)) if like else None, float(np.mean(chances)) if big else None
    return Figures(float(below.mean()), similar, recall, max(chances))


def _in_front(scores: Any, score: float, places: int) -> float:
    above, equal = int((scores > score).sum()), int((scores == score).sum())
    return 1.0 if above + equal <= places else 0.0 if above >= places else (places - above) / equal


def _similar(case: Case, index: int) -> Any:
    lines = case.lines[index]
    near = (case.lines[case.others] >= 0.6 * lines) & (case.lines[case.others] <= 1.6 * lines)
    return case.others[near & (case.kinds[case.others] == case.kinds[index])]


def _above_similar(case: Case, scores: Any, index: int) -> float | None:
    rows = scores[_similar(case, index)]
    below = (rows < scores[index]).sum() + 0.5 * (rows == scores[index]).sum()
    return float(below / len(rows)) if len(rows) > 2 else None


def _fit(cases: list[Case], names: list[str], seed: int) -> Any:
    """Weights that put buggy units above others, pair by pair; no sign may change its direction."""
    chance = np.random.default_rng(seed)
    pairs, shares = [], []
    for case in cases:
        chosen = case.buggy if len(case.buggy) <= 6 else chance.choice(case.buggy, 6, replace=False)
        for index in chosen:
            similar = _similar(case, index)
            for rows, part in ((case.others, 1 - SIMILAR), (similar if len(similar) > 2 else [], SIMILAR)):
                if len(rows):
                    drawn = rows if len(rows) <= NEGATIVES else chance.choice(rows, NEGATIVES, replace=False)
                    pairs.append(case.values[index] - case.values[drawn])
                    shares.append(np.full(len(drawn), part / len(drawn) / len(chosen)))
    differences, share = np.concatenate(pairs), np.concatenate(shares)
    share /= share.sum()
    start = np.where([name in LOWERS for name in names], 0.0, _start(names))
    hold = np.array([STRENGTH / 9 if name in LOWERS else STRENGTH for name in names])

    def loss(guess: Any) -> tuple[float, Any]:
        margin = differences @ guess
        away = guess - start
        slope = -(differences.T @ (share / (1 + np.exp(np.clip(margin, -50, 50))))) + 2 * hold * away
        return float((share * np.logaddexp(0, -margin)).sum() + (hold * away**2).sum()), slope

    bounds = [(None, 0) if name in LOWERS else (0, None) for name in names]
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300}).x


def _validated(cases: list[Case], names: list[str]) -> list[Figures]:
    """Each case judged by weights that no bug of its repository had a part in; a mean over the draws of the folds."""
    drawn = []
    for seed in SEEDS:
        families = sorted({case.family for case in cases})
        random.Random(seed).shuffle(families)
        fold = {family: index % FOLDS for index, family in enumerate(families)}
        fits = [_fit([c for c in cases if fold[c.family] != one], names, seed) for one in range(FOLDS)]
        drawn.append([figures(case, case.values @ fits[fold[case.family]]) for case in cases])
    return [Figures(*map(_mean_of, zip(*rows, strict=True))) for rows in zip(*drawn, strict=True)]


def _mean_of(values: Any) -> Any:
    return None if values[0] is None else float(np.mean(values))


def _report(title: str, cases: list[Case], rows: list[Figures]) -> None:
    print(title)
    for half, wanted in (("all", None), ("FFI", True), ("not FFI", False)):
        chosen = [row for case, row in zip(cases, rows, strict=True) if wanted is None or case.bug["ffi"] is wanted]
        told = (_share([getattr(row, field) for row in chosen]) for field in ("auc", "similar", "recall"))
        print(f"  {half:<8} {len(chosen):>4} bugs  AUC {next(told)}  AUCsz {next(told)}  rec@10% {next(told)}")


def _share(values: list[float | None]) -> str:
    return f"{np.mean([value for value in values if value is not None]):.3f}"


def _bands(cases: list[Case], fitted: Any) -> None:
    """How the sums are spread: over the units of a tree, and over buggy units."""
    seen = {case.family: case.values @ fitted for case in cases if len(case.values) >= 20}
    steps = (1, 10, 25, 50, 75, 90, 95, 98, 99)
    spread = np.mean([np.percentile(scores, steps) for scores in seen.values()], axis=0) * SCALE
    print("\npoints above the start, by percentile of a tree:", dict(zip(steps, spread.round(1).tolist(), strict=True)))


def _rewritten(text: str, names: list[str], fitted: Any, usual: dict[str, float]) -> str:
    """The table with the fitted parts replaced."""
    raises = "\n".join(
        f"{name} = {{ points = {worth * SCALE:.2f}, usual = {usual[name]:.5f} }}"
        for name, worth in zip(names, fitted, strict=True)
        if name not in LOWERS
    )
    lowers = "\n".join(
        f"{name} = {worth * SCALE:.2f}" for name, worth in zip(names, fitted, strict=True) if name in LOWERS
    )
    for head, rows in (("raises", raises), ("lowers", lowers)):
        text = re.sub(rf"(?ms)^(\[{head}\]\n(?:#[^\n]*\n)*).*?(?=^\[|\Z)", lambda m, r=rows: f"{m[1]}{r}\n\n", text)
    return text


if __name__ == "__main__":
    main()
