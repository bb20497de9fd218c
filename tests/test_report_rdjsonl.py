"""Reviewdog's diagnostics: whole texts, columns in bytes, and strangers' texts."""

import json
import re
from typing import Any

from hypothesis import given
from msgspec.structs import replace
from reporting import compared, comparisons, reviews, scanned
from syrupy.assertion import SnapshotAssertion

from ffireview.model.comparison import Comparison
from ffireview.model.finding import Confidence, Finding, Persona, Severity
from ffireview.model.place import Span
from ffireview.model.quote import Quote
from ffireview.model.review import Review
from ffireview.reporters import rdjsonl
from ffireview.reporters.material import Material

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def test_a_scan(snapshot: SnapshotAssertion) -> None:
    assert rdjsonl.report(*scanned()) == snapshot


def test_a_change(snapshot: SnapshotAssertion) -> None:
    assert rdjsonl.report_changes(*compared()) == snapshot


def test_columns_are_bytes_and_absent_where_the_line_is_not_known() -> None:
    review, material = scanned()
    place = Span("a.rs", 1, 3, 1, 5)
    finding = Finding("signature-mismatch", Severity.LOW, Confidence.LOW, Persona.REGULAR, "", place, "text")
    review = replace(review, findings=(finding,))
    material = replace(material, sites_at=None, quotes={place: Quote(1, ("𐐀éx𐐀y",))})
    (row,) = _checked(rdjsonl.report(review, material))
    assert row["location"]["range"] == {"start": {"line": 1, "column": 7}, "end": {"line": 1, "column": 12}}
    (row,) = _checked(rdjsonl.report(review, replace(material, quotes={})))
    assert row["location"]["range"] == {"start": {"line": 1}, "end": {"line": 1}}


def _checked(text: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    for row in rows:
        assert row["severity"] in ("ERROR", "WARNING", "INFO")
        told = [row["message"], row["location"]["path"], *(r["message"] for r in row.get("related_locations", []))]
        assert not any(map(CONTROL.search, told))
        span = row["location"]["range"]
        assert span["start"].get("column", 0) <= span["end"].get("column", 0)
    return rows


@given(reviews())
def test_a_strangers_text_stays_in_its_line(given_review: tuple[Review, Material]) -> None:
    review, material = given_review
    rows = _checked(rdjsonl.report(review, material))
    assert len(rows) == len(review.program.sites) + sum(not f.suppressed for f in review.findings)


@given(comparisons())
def test_a_strangers_change_stays_in_its_line(given_comparison: tuple[Comparison, Material]) -> None:
    _checked(rdjsonl.report_changes(*given_comparison))
