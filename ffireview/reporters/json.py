"""Canonical JSON: everything, in a stable order, by a published schema (docs/*.schema.json)."""

from typing import Literal

import msgspec
from msgspec import Struct

from ffireview import __version__
from ffireview.model.agreement import TypeAgreement
from ffireview.model.checklist import Checklist
from ffireview.model.comparison import Comparison
from ffireview.model.finding import Finding
from ffireview.model.ledger import Audited
from ffireview.model.place import Problem
from ffireview.model.program import Crossing, Orphan, Program, Site, Totals
from ffireview.model.review import Contribution, Review
from ffireview.model.suppression import Settled
from ffireview.reporters.material import Material

NAME = "json"


class Tool(Struct, frozen=True):
    """Who wrote the document."""

    name: str
    version: str


class ScoredSite(Struct, frozen=True):
    """A site, its score from 0 to 100, and the reasons."""

    rank: int
    score: int
    reasons: tuple[Contribution, ...]
    site: Site


class ScanDocument(Struct, frozen=True):
    """What `ffireview scan -f json` writes: every site, riskiest first, and every crossing."""

    schema: Literal["ffireview.scan/1"]
    tool: Tool
    totals: Totals
    sites: tuple[ScoredSite, ...]
    findings: tuple[Finding, ...]
    settled: Settled
    crossings: tuple[Crossing, ...]
    types: tuple[TypeAgreement, ...]
    orphans: tuple[Orphan, ...]
    problems: tuple[Problem, ...]
    audits: tuple[Audited, ...]


class BoundaryDocument(Struct, frozen=True):
    """What `ffireview boundary -f json` writes: every crossing with both sides."""

    schema: Literal["ffireview.boundary/1"]
    tool: Tool
    totals: Totals
    crossings: tuple[Crossing, ...]
    types: tuple[TypeAgreement, ...]
    orphans: tuple[Orphan, ...]
    problems: tuple[Problem, ...]


class ComparisonDocument(Struct, frozen=True):
    """What `ffireview diff -f json` writes: every site that is not as it was or whose surroundings are not."""

    schema: Literal["ffireview.comparison/1"]
    tool: Tool
    totals: Totals
    comparison: Comparison


class ChecklistDocument(Struct, frozen=True):
    """What `ffireview checklist -f json` writes: a sheet for each site, with what is asked and what was found."""

    schema: Literal["ffireview.checklist/1"]
    tool: Tool
    checklist: Checklist


class AuditsDocument(Struct, frozen=True):
    """What `ffireview audit status -f json` writes: every entry of the ledger beside the tree as it is now."""

    schema: Literal["ffireview.audits/1"]
    tool: Tool
    entries: tuple[Audited, ...]
    problems: tuple[Problem, ...]


def report(review: Review, _: Material) -> str:
    """The scan document, whatever is asked for: it holds everything."""
    return render(review)


def report_changes(comparison: Comparison, material: Material) -> str:
    """The comparison document."""
    assert material.totals is not None
    return render_comparison(comparison, material.totals)


def render(review: Review) -> str:
    """The scan document."""
    program = review.program
    rows = sorted(
        zip(review.scores, program.sites, strict=True), key=lambda row: (-row[0].value, row[1].span, row[1].kind)
    )
    sites = tuple(
        ScoredSite(rank, score.value, score.contributions, site) for rank, (score, site) in enumerate(rows, 1)
    )
    return _encode(
        ScanDocument(
            "ffireview.scan/1",
            Tool("ffireview", __version__),
            program.totals,
            sites,
            review.findings,
            review.settled,
            program.crossings,
            program.types,
            program.orphans,
            program.problems,
            review.audits,
        )
    )


def render_boundary(program: Program) -> str:
    """The boundary document."""
    return _encode(
        BoundaryDocument(
            "ffireview.boundary/1",
            Tool("ffireview", __version__),
            program.totals,
            program.crossings,
            program.types,
            program.orphans,
            program.problems,
        )
    )


def render_comparison(comparison: Comparison, totals: Totals) -> str:
    """The comparison document; `totals` are of the newer snapshot."""
    return _encode(ComparisonDocument("ffireview.comparison/1", Tool("ffireview", __version__), totals, comparison))


def render_checklist(checklist: Checklist) -> str:
    """The checklist document."""
    return _encode(ChecklistDocument("ffireview.checklist/1", Tool("ffireview", __version__), checklist))


def render_audits(entries: tuple[Audited, ...], problems: tuple[Problem, ...]) -> str:
    """The audits document."""
    return _encode(AuditsDocument("ffireview.audits/1", Tool("ffireview", __version__), entries, problems))


def schemas() -> dict[str, object]:
    """The JSON Schema of each document, by file name."""
    return {
        "scan.schema.json": msgspec.json.schema(ScanDocument),
        "boundary.schema.json": msgspec.json.schema(BoundaryDocument),
        "comparison.schema.json": msgspec.json.schema(ComparisonDocument),
        "checklist.schema.json": msgspec.json.schema(ChecklistDocument),
        "audits.schema.json": msgspec.json.schema(AuditsDocument),
    }


def _encode(document: Struct) -> str:
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode("utf-8") + "\n"
