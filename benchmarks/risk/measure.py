#!/usr/bin/env python3
"""How high does the score put real bugs? The measuring tool's own tables, for all bugs and for both halves, in one run.

    python benchmarks/risk/measure.py EVAL MIRROR [--jobs N] [--full] [--dump FILE]

EVAL is the folder with `bug_eval.py` and `bugs_dev.jsonl`, MIRROR the one with the repositories. README.md says more.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

Measure = dict[str, Any]
HEAD = ("ranker", "bugs", "N>=20", "AUC", "AUCsz", "rec@10%", "hit@10%", "95% of AUC", "95% of rec@10%")
FORM = "{:<11}{:>6}{:>7}{:>8}{:>8}{:>9}{:>9}  {:<15} {:<15}"


def main() -> None:
    """Rank every tree once, then print a table for each half."""
    options = _options()
    sys.path[:0] = [str(options.evaluation), str(Path(__file__).parent)]
    tool: Any = importlib.import_module("bug_eval")
    ranker = importlib.import_module("rank").rank
    rows, skipped = tool.run(
        options.evaluation / "bugs_dev.jsonl", {"ffireview": ranker, **tool.BASE}, str(options.mirror),
        full=options.full, jobs=options.jobs,
    )  # fmt: skip
    print("skipped:", dict(skipped))
    for title, wanted in (("all", None), ("FFI", True), ("not FFI", False)):
        print(f"\n{title}\n" + FORM.format(*HEAD))
        for name, measures in rows.items():
            chosen = [m for m in measures if wanted is None or m["ffi"] is wanted]
            print(_line(name, tool.summary(chosen)))
    if options.dump:
        options.dump.write_text(json.dumps(rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("mirror", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--full", action="store_true", help="write C files as well as Rust")
    parser.add_argument("--dump", type=Path, help="write each bug's figures as JSON")
    return parser.parse_args()


def _line(name: str, figures: Measure) -> str:
    def share(key: str) -> str:
        return f"{figures[key]:.3f}"

    def interval(key: str) -> str:
        low, high = figures[key]
        return f"[{low:.3f}, {high:.3f}]"

    return FORM.format(
        name, figures["bugs"], figures["bugs_big"], share("auc"), share("auc_sz"), share("recall10"),
        share("hit10"), interval("auc_ci"), interval("rec_ci"),
    )  # fmt: skip


if __name__ == "__main__":
    main()
