"""Findings as lines for a terminal: one under its site, those of other places, and what is not shown and why."""

from collections import Counter
from itertools import islice

from ffireview.model.finding import Filter, Finding, Severity
from ffireview.model.place import Span
from ffireview.model.program import Area
from ffireview.model.review import Review
from ffireview.model.suppression import Settled
from ffireview.reporters.results import labelled
from ffireview.reporters.styled import Line, Piece, harmless, number, wrapped

_RULES = 6


def shown(review: Review, wanted: Filter, areas: tuple[Area, ...] = ()) -> list[Finding]:
    """The findings that someone wants to see and nothing suppresses; with areas, those at sites of them."""
    found = [finding for finding in review.findings if not finding.suppressed and wanted.passes(finding)]
    if not areas:
        return found
    sites = {site.id for site in review.program.sites if site.area in areas}
    return [finding for finding in found if finding.site in sites]


def finding_lines(finding: Finding, site: Span | None, width: int) -> list[Line]:
    """A finding with its related places: under its site with the line, elsewhere with its own place."""
    line = f" (line {finding.span.line})" if site is not None and site.line != finding.span.line else ""
    where = f"{finding.span}  " if site is None else ""
    places = "".join(f" ({row})" for row in labelled(finding.labels))
    rows = wrapped(f"{where}{finding.rule}{line}: {finding.message}{places}", width - 6)
    return [(Piece("    ! " if at == 0 else "      ", "bold red"), Piece(harmless(row))) for at, row in enumerate(rows)]


def elsewhere(findings: list[Finding], top: int, width: int) -> list[Line]:
    """The gravest of the findings that stand under no site of the list."""
    order = list(Severity)
    rows = sorted(findings, key=lambda f: (-order.index(f.severity), f.span, f.rule, f.message))
    if not rows or not top:
        return []
    lines: list[Line] = [(), (Piece("Findings at other places", "bold"),)]
    lines += [line for finding in rows[:top] for line in finding_lines(finding, None, width)]
    return lines + (
        [(Piece(f"    {len(rows) - top:,} more (--top {len(rows)} shows all)"),)] if len(rows) > top else []
    )


def count_lines(review: Review, found: list[Finding], *, verbose: bool, width: int) -> list[Line]:
    """How many findings of which rules there are, and how many more are not shown; with reasons when verbose."""
    counts = Counter(finding.rule for finding in found)
    listed = ", ".join(f"{count} {name}" for name, count in islice(counts.most_common(), _RULES))
    more = f" and {len(counts) - _RULES} more rules" if len(counts) > _RULES else ""
    lines: list[Line] = []
    if counts:
        lines.append((Piece(number(found, "finding"), "bold"), Piece(f": {listed}{more} (ffireview explain RULE)")))
    suppressed = [finding for finding in review.findings if finding.suppressed]
    lines += settled_lines(review.settled, len(review.findings) - len(found) - len(suppressed))
    if verbose:
        lines += [line for finding in suppressed for line in _suppressed(finding, width)]
    return [(), *lines] if lines else []


def settled_lines(settled: Settled, filtered: int = 0) -> list[Line]:
    """One line: how many findings are not shown, and why."""
    gone = f" ({len(settled.gone)} more are gone: ffireview baseline prune)" if settled.gone else ""
    parts = [
        f"{settled.suppressed:,} suppressed in the code" if settled.suppressed else "",
        f"{settled.baseline:,} in the baseline{gone}" if settled.baseline or settled.gone else "",
        f"{filtered:,} held back by persona and filters" if filtered else "",
    ]
    told = ", ".join(part for part in parts if part)
    return [(Piece(f"Findings not shown: {told}", "dim"),)] if told else []


def _suppressed(finding: Finding, width: int) -> list[Line]:
    why = finding.suppressed if finding.suppressed_at is None else f"{finding.suppressed} ({finding.suppressed_at})"
    rows = wrapped(f"{finding.span}  {finding.rule}: {finding.message}; suppressed: {why}", width - 6)
    return [
        (Piece("    - " if at == 0 else "      ", "dim"), Piece(harmless(row), "dim")) for at, row in enumerate(rows)
    ]
