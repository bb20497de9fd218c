"""Workflow commands of GitHub Actions: annotations, the gravest first, no more than are shown; then a list as log.

Whatever the log shows of the repository stands between `stop-commands` and a token that cannot stand in it: a hash of
all that it encloses.
"""

import hashlib
from collections import defaultdict

from ffireview.model.comparison import Comparison
from ffireview.model.finding import Label
from ffireview.model.review import Review
from ffireview.reporters.material import Material
from ffireview.reporters.results import (
    Level,
    Result,
    region,
    results_of,
    results_of_changes,
    shown,
)
from ffireview.reporters.styled import harmless, number, shorten

NAME = "github"

PER_LEVEL = 10
"""A step shows so many errors, warnings and notices each."""
LISTED = 200
_LABELS = 5
_MESSAGE, _TITLE, _CODE = 4_000, 200, 160
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def report(review: Review, material: Material) -> str:
    """Findings, and the sites that were asked for."""
    return _commands(results_of(review, material), material)


def report_changes(comparison: Comparison, material: Material) -> str:
    """New findings, changes that need eyes, guard rails."""
    return _commands(results_of_changes(comparison, material), material)


def _commands(results: list[Result], material: Material) -> str:
    listed = shown(results)
    by_level: dict[Level, list[Result]] = defaultdict(list)
    for result in listed:
        by_level[result.level].append(result)
    annotated = [result for level in Level for result in by_level[level][:PER_LEVEL]]
    rows = [_annotation(result, material) for result in annotated]
    rows += _log(listed, material)
    rows.append(_closing(listed, len(annotated), len(results) - len(listed)))
    return "\n".join(rows) + "\n"


def _annotation(result: Result, material: Material) -> str:
    at = region(result.span, material.quotes.get(result.span))
    properties = {
        "file": result.span.path,
        "line": str(at.line),
        "endLine": str(at.line),
        "col": str(at.column),
        "endColumn": str(at.end_column),
        "title": shorten(f"ffireview: {result.rule}", _TITLE),
    }
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    rows = [shorten(result.message, _MESSAGE), *map(_label, result.labels[:_LABELS])]
    return f"::{_COMMANDS[result.level]} {given}::" + "%0A".join(map(_data, rows))


def _label(label: Label) -> str:
    return f"{label.text}: {label.span}"


def _data(text: str) -> str:
    """A line of a message."""
    return harmless(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _log(results: list[Result], material: Material) -> list[str]:
    """Every result, annotated or not, with its line of code, where no line is taken for a command."""
    rows: list[str] = []
    for result in results[:LISTED]:
        rows.append(harmless(f"{result.span}: {result.severity}: {result.rule}: {shorten(result.message, _MESSAGE)}"))
        quote = material.quotes.get(result.span)
        if quote is not None and quote.rows:
            rows.append("    " + shorten(harmless(quote.rows[0].expandtabs(4).strip()), _CODE))
    if not rows:
        return []
    token = "ffireview-" + hashlib.sha256("\n".join(rows).encode("utf-8", "backslashreplace")).hexdigest()
    return [f"::stop-commands::{token}", *rows, f"::{token}::"]


def _closing(listed: list[Result], annotated: int, suppressed: int) -> str:
    text = f"ffireview: {number(listed, 'result')}, {annotated} as annotations"
    if len(listed) > annotated:
        text += f" (a step shows {PER_LEVEL} of each level; the log above lists {min(len(listed), LISTED)})"
    return f"{text}; {suppressed} suppressed."
