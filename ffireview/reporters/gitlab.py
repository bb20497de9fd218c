"""GitLab's Code Quality report: one issue for each result, no two with one fingerprint."""

from typing import Any

import msgspec

from ffireview.model.comparison import Comparison
from ffireview.model.finding import Severity
from ffireview.model.review import Review
from ffireview.reporters.material import Material
from ffireview.reporters.results import Result, labelled, region, results_of, results_of_changes, shown
from ffireview.reporters.styled import harmless, shorten

NAME = "gitlab"

_SEVERITIES = {
    Severity.CRITICAL: "critical", Severity.HIGH: "major", Severity.MEDIUM: "minor", Severity.LOW: "info",
}  # fmt: skip
_DESCRIPTION, _LABELS = 2_000, 3


def report(review: Review, material: Material) -> str:
    """Findings, and the sites that were asked for."""
    return _issues(results_of(review, material), material)


def report_changes(comparison: Comparison, material: Material) -> str:
    """New findings, changes that need eyes, guard rails."""
    return _issues(results_of_changes(comparison, material), material)


def _issues(results: list[Result], material: Material) -> str:
    rows = [_issue(result, material) for result in shown(results)]
    return msgspec.json.format(msgspec.json.encode(rows), indent=1).decode("utf-8") + "\n"


def _issue(result: Result, material: Material) -> dict[str, Any]:
    at = region(result.span, material.quotes.get(result.span))
    return {
        "type": "issue",
        "check_name": result.rule,
        "description": _description(result),
        "categories": ["Security"],
        "severity": _SEVERITIES[result.severity],
        "fingerprint": result.identity,
        "location": {"path": harmless(result.span.path), "lines": {"begin": at.line, "end": at.line}},
    }


def _description(result: Result) -> str:
    """The message with the first related places: GitLab shows no others."""
    places = "; ".join(labelled(result.labels[:_LABELS]))
    more = f"; {len(result.labels) - _LABELS} more places" if len(result.labels) > _LABELS else ""
    return harmless(shorten(result.message, _DESCRIPTION) + (f" ({places}{more})" if places else ""))
