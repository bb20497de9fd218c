"""Hits in, findings out that say whether they are news: each with an identity, those that a comment or a baseline
answers marked, never dropped.

`identity` tells findings apart without line numbers. `comments` judges suppressions and follows them. `baseline` reads
and writes the list of what is known. Nothing here asks the clock: the day is a value.
"""

from datetime import date

from ffireview.flow import Codebase
from ffireview.model.finding import Finding
from ffireview.model.suppression import Baseline, Settled
from ffireview.rules import findings
from ffireview.rules.run import of_suppressions
from ffireview.settle.baseline import compared
from ffireview.settle.comments import followed
from ffireview.settle.identity import identified

__all__ = ["settle"]


def settle(codebase: Codebase, today: date | None, baseline: Baseline) -> tuple[tuple[Finding, ...], Settled]:
    """What the rules find, settled. Without a day no suppression expires."""
    program = codebase.program
    code, judged = followed(findings(codebase), program.suppressions, today)
    ordered = sorted((*code, *of_suppressions(program, judged)), key=lambda f: (f.span, f.rule, f.message))
    found, gone = compared(identified(ordered), baseline)
    in_comments = sum(f.suppressed_at is not None for f in found)
    in_baseline = sum(bool(f.suppressed) for f in found) - in_comments
    return found, Settled(in_comments, in_baseline, gone)
