"""Reviewdog's diagnostics, one in a line: reviewdog filters them by a diff and posts them to a forge."""

from typing import Any

import msgspec

from ffireview.model.comparison import Comparison
from ffireview.model.finding import Label
from ffireview.model.place import Span
from ffireview.model.quote import Quote
from ffireview.model.review import Review
from ffireview.reporters.material import Material
from ffireview.reporters.results import Level, Result, region, results_of, results_of_changes, shown
from ffireview.reporters.styled import harmless, shorten

NAME = "rdjsonl"

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.NOTE: "INFO"}
_MESSAGE, _LABELS = 8_000, 100


def report(review: Review, material: Material) -> str:
    """Findings, and the sites that were asked for."""
    return _lines(results_of(review, material), material)


def report_changes(comparison: Comparison, material: Material) -> str:
    """New findings, changes that need eyes, guard rails."""
    return _lines(results_of_changes(comparison, material), material)


def _lines(results: list[Result], material: Material) -> str:
    rows = (msgspec.json.encode(_diagnostic(result, material)) for result in shown(results))
    return "".join(row.decode("utf-8") + "\n" for row in rows)


def _diagnostic(result: Result, material: Material) -> dict[str, Any]:
    row: dict[str, Any] = {
        "message": harmless(shorten(result.message, _MESSAGE)),
        "location": _location(result.span, material.quotes.get(result.span)),
        "severity": _SEVERITIES[result.level],
        "source": {"name": "ffireview"},
        "code": {"value": result.rule},
    }
    if result.labels:
        row["related_locations"] = [_related(label, material) for label in result.labels[:_LABELS]]
    return row


def _related(label: Label, material: Material) -> dict[str, Any]:
    return {"message": harmless(label.text), "location": _location(label.span, material.quotes.get(label.span))}


def _location(span: Span, quote: Quote | None) -> dict[str, Any]:
    """Columns are bytes of UTF-8; where the line is not known they are left out."""
    at = region(span, quote)
    start, end = {"line": at.line}, {"line": at.line}
    if quote is not None and quote.rows:
        start["column"] = _bytes(quote.rows[0], at.column)
        end["column"] = max(_bytes(quote.rows[0], at.end_column), start["column"] + 1)
    return {"path": harmless(span.path), "range": {"start": start, "end": end}}


def _bytes(row: str, column: int) -> int:
    return len(row[: column - 1].encode("utf-8", "replace")) + 1
