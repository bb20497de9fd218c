"""When a run fails: `--fail-on` in words, against risks and findings."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from ffireview.config import FINDINGS, NEW, NONE
from ffireview.model.finding import Finding, Severity, at_least
from ffireview.score.table import bands


def fail_on_option(*more: str) -> Callable[..., Any]:
    """The option, with words of a command's own."""
    return click.option(
        "--fail-on",
        multiple=True,
        type=click.Choice([NONE, *more, *bands(), *FINDINGS]),
        help="Exit 1 when a site has this risk, or a finding this severity. Default: none. May repeat.",
    )


def reached(words: Iterable[str], risks: Iterable[int], findings: Iterable[Finding], *, new: bool = False) -> bool:
    """Whether one of the words holds for the risks, for the findings that are wanted, or for something new."""
    worst, severities = max(risks, default=0), {f.severity for f in findings if not f.suppressed}
    return any(_holds(word, worst, severities, new) for word in words)


def _holds(word: str, worst: int, severities: set[Severity], new: bool) -> bool:
    if word in FINDINGS:
        least = Severity(word.partition(":")[2] or Severity.LOW)
        return any(at_least(severity, least) for severity in severities)
    return new if word == NEW else word != NONE and worst >= bands()[word]
