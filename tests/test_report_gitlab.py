"""GitLab's Code Quality report: whole texts, what GitLab requires, and strangers' texts."""

import json
import re
from typing import Any

from hypothesis import given
from msgspec.structs import replace
from reporting import compared, comparisons, reviews, scanned
from syrupy.assertion import SnapshotAssertion

from ffireview.model.comparison import Comparison
from ffireview.model.review import Review
from ffireview.reporters import gitlab
from ffireview.reporters.material import Material

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def test_a_scan(snapshot: SnapshotAssertion) -> None:
    assert gitlab.report(*scanned()) == snapshot


def test_a_change(snapshot: SnapshotAssertion) -> None:
    assert gitlab.report_changes(*compared()) == snapshot


def test_nothing_is_an_empty_list() -> None:
    review, _ = scanned()
    assert json.loads(gitlab.report(replace(review, findings=()), Material())) == []


def _checked(text: str) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = json.loads(text)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues), "GitLab shows one of those that are equal"
    for issue in issues:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["description"]
        assert issue["check_name"]
        assert issue["location"]["lines"]["begin"] >= 1
        for told in (issue["description"], issue["location"]["path"]):
            assert not CONTROL.search(told)
    return issues


@given(reviews())
def test_a_strangers_text_stays_text(given_review: tuple[Review, Material]) -> None:
    review, material = given_review
    issues = _checked(gitlab.report(review, material))
    assert len(issues) == len(review.program.sites) + sum(not f.suppressed for f in review.findings)


@given(comparisons())
def test_a_strangers_change_stays_text(given_comparison: tuple[Comparison, Material]) -> None:
    _checked(gitlab.report_changes(*given_comparison))
