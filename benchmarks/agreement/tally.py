"""ffireview's JSON on one or more trees in, a table of how declarations agree out, and every fault behind it.

    python tally.py FILE.json.. [--faults breaks,may-break] [--unknown 15] [--tree NAME]

Each file is what `ffireview boundary --mismatches -f json` wrote for one tree; its name is the tree's.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GRADES = ("agrees", "tolerable", "unknown", "may-break", "breaks")
_NAMES = re.compile(r"^[^:]*: ")

Row = dict[str, Any]


def agreements(crossings: list[Row]) -> Iterator[tuple[str, Row]]:
    """Every pair that was compared, with the symbol."""
    for crossing in crossings:
        for agreement in crossing["agreements"]:
            yield crossing["symbol"], agreement


def place(span: Row) -> str:
    """A span as `path:line`."""
    return f"{span['path']}:{span['line']}"


def table(trees: dict[str, list[Row]]) -> Iterator[str]:
    """A line per tree: crossings with both sides, pairs by grade, and the share that could be judged."""
    yield "| tree | crossings | compared | pairs | " + " | ".join(GRADES) + " | judged |"
    yield "|---|" + "---:|" * (len(GRADES) + 4)
    total: Counter[str] = Counter()
    for name, crossings in trees.items():
        counts = Counter(agreement["grade"] for _, agreement in agreements(crossings))
        counts["crossings"] = len(crossings)
        counts["compared"] = sum(1 for crossing in crossings if crossing["agreements"])
        total += counts
        yield _line(name, counts)
    if len(trees) > 1:
        yield _line("all", total)


def _line(name: str, counts: Counter[str]) -> str:
    pairs = sum(counts[grade] for grade in GRADES)
    judged = f"{1 - counts['unknown'] / pairs:.1%}" if pairs else "-"
    cells = [name, counts["crossings"], counts["compared"], pairs, *(counts[grade] for grade in GRADES), judged]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def faults(trees: dict[str, list[Row]], grades: set[str]) -> Iterator[str]:
    """Each difference of these grades, both sides as written."""
    for name, crossings in trees.items():
        for symbol, agreement in agreements(crossings):
            rows = [d for d in agreement["differences"] if d["grade"] in grades]
            if rows and agreement["grade"] in grades:
                yield f"{name}: {symbol}  {place(agreement['rust'])}  {place(agreement['foreign'])}"
            for d in rows if agreement["grade"] in grades else ():
                yield f"    {d['grade']} {d['kind']} {d['where']} [{','.join(d['models'])}]: {d['effect']}"
                yield f"        rust: {' '.join(d['rust'].split())}"
                yield f"        C:    {' '.join(d['foreign'].split())}"


def groups(trees: dict[str, list[Row]], grade: str) -> Iterator[str]:
    """Differences of one grade by kind and effect, with one example each."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, crossings in trees.items():
        for symbol, agreement in agreements(crossings):
            for d in agreement["differences"]:
                if d["grade"] == grade:
                    sides = f"`{' '.join(d['rust'].split())}` / `{' '.join(d['foreign'].split())}`"
                    found[d["kind"], d["effect"]].append(f"{name}: {symbol} {d['where']} {sides}")
    for (kind, effect), rows in sorted(found.items(), key=lambda item: -len(item[1])):
        yield f"{len(rows):6} {kind}: {effect}; for example {rows[0]}"


def unknowns(trees: dict[str, list[Row]], most: int) -> Iterator[str]:
    """The commonest reasons why a pair could not be judged, first by reason, then by type."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, crossings in trees.items():
        for symbol, agreement in agreements(crossings):
            for text in agreement["unknown"] if agreement["grade"] == "unknown" else ():
                where = place(agreement["foreign"])
                reasons[_NAMES.sub("", text)].append(f"{name}: {symbol} ({text.split(':')[0]}), {where}")
    for reason, rows in sorted(reasons.items(), key=lambda item: -len(item[1]))[:most]:
        yield f"{len(rows):6} {reason}; for example {rows[0]}"


def main() -> None:
    """Prints the table, then what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--tree", action="append", help="only the trees of these names")
    parser.add_argument("--faults", default="", help="list every difference of these grades, by commas")
    parser.add_argument("--groups", default="", help="group the differences of these grades, by commas")
    parser.add_argument("--unknown", type=int, default=0, metavar="N", help="the N commonest reasons for no verdict")
    options = parser.parse_args()
    trees = {path.stem: json.loads(path.read_bytes())["crossings"] for path in options.files}
    if options.tree:
        trees = {name: rows for name, rows in trees.items() if name in options.tree}
    lines = [*table(trees)]
    if options.faults:
        lines += ["", *faults(trees, set(options.faults.split(",")))]
    for grade in filter(None, options.groups.split(",")):
        lines += ["", f"{grade}:", *groups(trees, grade)]
    if options.unknown:
        lines += ["", *unknowns(trees, options.unknown)]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
