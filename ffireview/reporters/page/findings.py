"""Findings as rows: what is so, where on both sides, what the rule says of it."""

from typing import NamedTuple

from ffireview.model.finding import Rule, Severity
from ffireview.model.place import Span
from ffireview.reporters.material import Material
from ffireview.reporters.page.code import FOUND, Code, code
from ffireview.reporters.results import TOPICS, Result

_PLACES = 4


class Place(NamedTuple):
    """A place of a finding, with its first lines."""

    text: str
    span: Span
    code: Code | None


class FindingRow(NamedTuple):
    """A finding and what is told of its rule."""

    result: Result
    severity: str
    places: tuple[Place, ...]
    more: tuple[Span, ...]
    rule: Rule | None
    suppressed: str
    """Why it is not news; empty for those that are."""


def finding_rows(results: list[Result], material: Material) -> list[FindingRow]:
    """The findings among the results, gravest first; those that someone answered behind the others."""
    rules = {rule.id: rule for rule in material.rules}
    rows = [_row(result, rules, material) for result in results if result.rule not in TOPICS]
    return sorted(rows, key=lambda row: (bool(row.suppressed), -list(Severity).index(row.result.severity)))


def _row(result: Result, rules: dict[str, Rule], material: Material) -> FindingRow:
    named = [("", result.span), *((label.text, label.span) for label in result.labels)]
    places = tuple(
        Place(text, span, code(span, material.quotes.get(span), {} if at else {span.line: FOUND}))
        for at, (text, span) in enumerate(named[:_PLACES])
    )
    why = result.suppressed
    if result.suppressed_at is not None:
        why += f" ({result.suppressed_at})"
    return FindingRow(
        result, result.severity, places, tuple(span for _, span in named[_PLACES:]), rules.get(result.rule), why
    )
