"""Compare ffireview's Rust sites with rustc's syntax trees: `oracle.py FOLDER..`, one table for each folder."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from comparison import FATES, KINDS, ODDITIES, FileResult, compare_file

STRUCTURED = FATES[:4]


def main() -> int:
    """Compare every folder; 1 when one of them is below the floor."""
    options = _options()
    good = True
    with ProcessPoolExecutor(options.processes) as pool:
        for tree in options.trees:
            results = list(pool.map(compare_file, sorted(_rust_files(tree)), chunksize=4))
            good &= report(tree, results, options.min, options.list)
    return 0 if good else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trees", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--list", action="store_true", help="show every difference with its line")
    parser.add_argument("--min", type=float, default=1.0, help="lowest recall and precision (default 1.0)")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def _rust_files(tree: Path) -> Iterator[Path]:
    """The Rust files of a folder; links are not followed."""
    for folder, _, names in os.walk(tree):
        for name in names:
            path = Path(folder, name)
            if name.endswith(".rs") and path.is_file() and not path.is_symlink():
                yield path


def report(tree: Path, results: list[FileResult], floor: float, listed: bool) -> bool:
    """Print what the files of a tree add up to; say whether it reaches the floor."""
    refused = [result for result in results if result.unparsable]
    print(f"\n{tree.name}: {len(results)} files, {len(refused)} unparsable")
    for result in refused:
        print(f"  unparsable {_short(result.path, tree)}: {result.unparsable}")
    good = _report_places(results, floor)
    _report_keywords(results)
    if listed:
        _list_differences(tree, results)
        _list_keywords(tree, results)
    return good


def _report_places(results: list[FileResult], floor: float) -> bool:
    print(f"  {'kind':<16}{'rustc':>8}{'ours':>8}{'missed':>8}{'extra':>8}{'end':>6}{'recall':>9}{'precision':>11}")
    differences = Counter((d.how, d.kind) for result in results for d in result.differences)
    good = True
    for kind in KINDS:
        truth, ours = (sum(getattr(r, side).count(kind) for r in results) for side in ("truth", "ours"))
        missed, extra, end = (differences[how, kind] for how in ("missed", "extra", "end"))
        recall, precision = _share(truth - missed - end, truth), _share(ours - extra - end, ours)
        good &= min(recall, precision) >= floor
        print(f"  {kind:<16}{truth:>8}{ours:>8}{missed:>8}{extra:>8}{end:>6}{recall:>9.4f}{precision:>11.4f}")
    return good


def _report_keywords(results: list[FileResult]) -> None:
    total, ours = (sum(result.keywords[side] for result in results) for side in (0, 1))
    inside, ours_inside = (sum(result.in_macros[side] for result in results) for side in (0, 1))
    claimed = sum(result.claimed for result in results)
    print(f"  `unsafe` keywords: rustc {total}, ours {ours} ({claimed} counted as structured)")
    print(f"  of them in macros: rustc {inside}, ours {ours_inside}")
    for where, title in (("macro", "code in macros"), ("matcher", "patterns of macro_rules")):
        fates = Counter(k.fate for result in results for k in result.macro_keywords if k.where == where)
        known = sum(fates[fate] for fate in STRUCTURED)
        counts = ", ".join(f"{fate} {fates[fate]}" for fate in FATES)
        bare = _share(fates["keyword-only"], fates.total(), 0)
        shares = f"{_share(known, fates.total()):.4f} structured, {bare:.4f} keyword only"
        print(f"  {title}: {fates.total()}, {shares} ({counts})")
    odd = Counter(site.how for result in results for site in result.odd)
    print(
        "  sites in macros that rustc's tokens do not bear out: " + ", ".join(f"{how} {odd[how]}" for how in ODDITIES)
    )


def _list_differences(tree: Path, results: list[FileResult]) -> None:
    for result in results:
        for how, kind, extent, text in result.differences:
            at = "{}:{}-{}:{}".format(*extent)
            print(f"  {how} {kind} {_short(result.path, tree)}:{at} | {text}")
        if result.keywords[0] != result.keywords[1] or result.in_macros[0] != result.in_macros[1]:
            print(f"  count {_short(result.path, tree)}: keywords {result.keywords}, in macros {result.in_macros}")


def _list_keywords(tree: Path, results: list[FileResult]) -> None:
    for result in results:
        for keyword in result.macro_keywords:
            if keyword.fate not in STRUCTURED or keyword.where == "matcher":
                at = f"{_short(result.path, tree)}:{keyword.line}:{keyword.column}"
                print(f"  {keyword.fate} ({keyword.where}) {at} | {keyword.text}")
        for how, kind, line, column, text in result.odd:
            print(f"  {how} {kind} {_short(result.path, tree)}:{line}:{column} | {text}")


def _short(path: str, tree: Path) -> str:
    return os.path.relpath(path, tree)


def _share(part: int, whole: int, empty: float = 1.0) -> float:
    return part / whole if whole else empty


if __name__ == "__main__":
    sys.exit(main())
