"""CSV for spreadsheets and scripts: a row for each site and each finding, or for each entry of a comparison."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ffireview.model.comparison import Comparison, Entry, Note
from ffireview.model.finding import Finding
from ffireview.model.place import Span
from ffireview.model.program import Site
from ffireview.model.review import Review, Score
from ffireview.reporters.material import Material
from ffireview.reporters.results import labelled, wanted
from ffireview.reporters.styled import harmless

NAME = "csv"

HEAD = (
    "what", "id", "path", "line", "column", "end_line", "end_column", "risk", "severity", "confidence", "kind", "name",
    "owner", "area", "operations", "symbols", "text", "suppressed",
)  # fmt: skip
HEAD_OF_CHANGES = (
    "what", "id", "path", "line", "column", "end_line", "end_column", "risk_before", "risk", "severity", "confidence",
    "kind", "name", "owner", "area", "old_path", "old_line", "within", "text", "suppressed",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@")
"""A cell that starts so is a formula to a spreadsheet; tabs and line ends, which it skips, are escaped before."""
_Row = dict[str, object]


def report(review: Review, material: Material) -> str:
    """Every site, riskiest first, each followed by its findings; findings that belong to none stand at the end."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in wanted(review.findings, material.filter):
        found[finding.site].append(finding)
    rows = sorted(
        zip(review.scores, review.program.sites, strict=True), key=lambda row: (-row[0].value, row[1].span, row[1].kind)
    )
    return _text(HEAD, _scanned(rows, found, material))


def report_changes(comparison: Comparison, material: Material) -> str:
    """Every entry by attention, then new findings, then notes."""
    findings = map(_finding, wanted(comparison.findings, material.filter))
    return _text(HEAD_OF_CHANGES, [*map(_entry, comparison.entries), *findings, *map(_note, comparison.notes)])


def _scanned(rows: list[tuple[Score, Site]], found: dict[str, list[Finding]], material: Material) -> Iterator[_Row]:
    for score, site in rows:
        if not material.areas or site.area in material.areas:
            yield _site(site, score)
            yield from ({**_finding(finding), "risk": score.value} for finding in found[site.id])
    yield from map(_finding, found[""])


def _site(site: Site, score: Score) -> _Row:
    return {
        "what": "site",
        **_named(site),
        **_place(site.span),
        "risk": score.value,
        "operations": "; ".join(dict.fromkeys(operation.id for operation in site.operations)),
        "symbols": "; ".join(site.crossings),
        "text": "; ".join(f"{c.reason} {c.points:+d}" for c in score.contributions),
    }


def _finding(finding: Finding) -> _Row:
    return {
        "what": "finding",
        "id": finding.site,
        **_place(finding.span),
        "severity": finding.severity,
        "confidence": finding.confidence,
        "kind": finding.rule,
        "text": "; ".join([finding.message, *labelled(finding.labels)]),
        "suppressed": finding.suppressed,
    }


def _entry(entry: Entry) -> _Row:
    """`risk` and the place are empty where the site is gone, the older ones where it is new."""
    row = {"what": entry.change, **_named(entry.site), "within": entry.within}
    if entry.before is not None:
        row |= {**_old(entry.before.span), "risk_before": entry.risk_before}
    if entry.after is not None:
        row |= {**_place(entry.after.span), "risk": entry.risk_after}
    return {**row, "text": "; ".join(cause.text for cause in entry.causes)}


def _note(note: Note) -> _Row:
    before, after = note.cause.before, note.cause.after
    return {
        "what": "note",
        "kind": note.cause.kind,
        **(_old(before) if before is not None else {}),
        **(_place(after) if after is not None else {}),
        "text": note.cause.text,
    }


def _named(site: Site) -> _Row:
    return {"id": site.id, "kind": site.kind, "name": site.name, "owner": site.owner, "area": site.area}


def _place(span: Span) -> _Row:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _old(span: Span) -> _Row:
    return {"old_path": span.path, "old_line": span.line}


def _text(head: tuple[str, ...], rows: Iterable[_Row]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, head, restval="", quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return file.getvalue()


def cell(value: object) -> object:
    """A number as it is; text in one line that no spreadsheet takes for a formula: an apostrophe stands before what
    would be one."""
    if isinstance(value, int):
        return value
    text = harmless(str(value)).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text
