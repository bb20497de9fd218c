"""CSV: whole texts, one line for each row, and no formula."""

import csv
import io

import pytest
from hypothesis import given
from msgspec.structs import replace
from reporting import compared, comparisons, reviews, scanned
from syrupy.assertion import SnapshotAssertion

from ffireview.model.comparison import Comparison
from ffireview.model.program import Area
from ffireview.model.review import Review
from ffireview.reporters.csv import HEAD, HEAD_OF_CHANGES, cell, report, report_changes
from ffireview.reporters.material import Material


def test_a_scan(snapshot: SnapshotAssertion) -> None:
    assert report(*scanned()).replace("\r\n", "\n") == snapshot


def test_a_change(snapshot: SnapshotAssertion) -> None:
    assert report_changes(*compared()).replace("\r\n", "\n") == snapshot


def test_every_site_and_every_finding_has_a_row() -> None:
    review, material = scanned()
    rows = _rows(report(review, material), HEAD)
    assert sum(row["what"] == "site" for row in rows) == len(review.program.sites)
    assert sum(row["what"] == "finding" for row in rows) == sum(map(material.filter.passes, review.findings)) > 3


def test_areas_are_kept_apart() -> None:
    review, material = scanned()
    rows = _rows(report(review, replace(material, areas=(Area.TEST,))), HEAD)
    assert [row for row in rows if row["what"] == "site"] == []


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-3, -3),
        ("-3", "'-3"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  +1", "'+1"),
        ("\t=1", "\\u{9}=1"),
        ("a\nb", "a\\u{a}b"),
        ("a=b", "a=b"),
    ],
)
def test_a_cell(value: object, written: object) -> None:
    assert cell(value) == written


def _rows(text: str, head: tuple[str, ...]) -> list[dict[str, str]]:
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(text.splitlines()) == len(rows), "one line for each row"
    assert tuple(rows[0]) == head
    assert all(len(row) == len(head) for row in rows)
    assert not any(one.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for one in row)
    return [dict(zip(head, row, strict=True)) for row in rows[1:]]


@given(reviews())
def test_a_strangers_text_is_one_cell(given_review: tuple[Review, Material]) -> None:
    review, material = given_review
    assert len(_rows(report(review, material), HEAD)) == len(review.program.sites) + len(review.findings)


@given(comparisons())
def test_a_strangers_change_is_one_row(given_comparison: tuple[Comparison, Material]) -> None:
    comparison, material = given_comparison
    expected = len(comparison.entries) + len(comparison.findings) + len(comparison.notes)
    assert len(_rows(report_changes(comparison, material), HEAD_OF_CHANGES)) == expected
