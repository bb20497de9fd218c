"""SARIF: whole texts, what code scanning takes, and strangers' texts that stay text."""

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from msgspec.structs import replace
from reporting import compared, comparisons, reviews, scanned
from syrupy.assertion import SnapshotAssertion

from ffireview.model.finding import Confidence, Finding, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.model.program import Program
from ffireview.model.quote import Quote
from ffireview.model.review import Review
from ffireview.reporters import sarif
from ffireview.reporters.material import Material


def test_a_scan(snapshot: SnapshotAssertion) -> None:
    assert sarif.report(*scanned()) == snapshot


def test_a_change(snapshot: SnapshotAssertion) -> None:
    assert sarif.report_changes(*compared()) == snapshot


def _run(text: str) -> dict[str, Any]:
    (run,) = json.loads(text)["runs"]
    return run


def _review(*findings: Finding) -> Review:
    review, _ = scanned()
    return Review(replace(review.program, sites=()), (), findings)


def _finding(span: Span, message: str = "text", labels: tuple[Label, ...] = ()) -> Finding:
    return Finding("signature-mismatch", Severity.HIGH, Confidence.HIGH, Persona.REGULAR, "", span, message, labels)


def _only(finding: Finding, quote: Quote | None = None) -> dict[str, Any]:
    _, material = scanned()
    material = replace(material, quotes={} if quote is None else {finding.span: quote})
    (result,) = _run(sarif.report(_review(finding), material))["results"]
    return result


def test_columns_are_counted_in_utf16() -> None:
    found = _only(_finding(Span("a.rs", 1, 3, 1, 5)), Quote(1, ("𐐀𐐀x𐐀y",)))
    region = found["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"], region["snippet"]["text"]) == (5, 8, "x𐐀")


def test_a_place_of_many_lines_is_shown_on_its_first() -> None:
    found = _only(_finding(Span("a.rs", 4, 5, 9, 2)), Quote(4, ("    unsafe {  ", "        f()")))
    place = found["locations"][0]["physicalLocation"]
    assert place["region"] == {
        "startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 13, "snippet": {"text": "unsafe {"},
    }  # fmt: skip
    assert (place["contextRegion"]["startLine"], place["contextRegion"]["endLine"]) == (4, 5)


def test_related_places_are_linked_from_the_message() -> None:
    labels = tuple(Label(Span(f"c/[{i}].h", i, 1, i, 2), "declared here") for i in range(1, 8))
    found = _only(_finding(Span("a.rs", 1, 1, 1, 2), "f: width", labels))
    assert found["message"]["text"] == (
        r"f: width (declared here: [c/\[1\].h:1](1); declared here: [c/\[2\].h:2](2); declared here: [c/\[3\].h:3](3); "
        r"declared here: [c/\[4\].h:4](4); declared here: [c/\[5\].h:5](5); 2 more places)."
    )
    assert [related["id"] for related in found["relatedLocations"]] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("src/lib.rs", "src/lib.rs"),
        ("a b/é.rs", "a%20b/%C3%A9.rs"),
        ("c:/x#y?.rs", "c%3A/x%23y%3F.rs"),
        ("\\xff.rs", "%FF.rs"),
        ("\\x5cx41.rs", "%5Cx41.rs"),
        ("100%.rs", "100%25.rs"),
    ],
)
def test_the_uri_of_a_path(path: str, uri: str) -> None:
    assert sarif.uri(path) == uri


def test_suppressed_findings_are_there_and_marked() -> None:
    rows = {r["ruleId"]: r.get("suppressions") for r in _run(sarif.report(*scanned()))["results"]}
    assert rows["signature-mismatch"] is None
    assert rows["unbounded-send-sync"][0]["kind"] == "inSource"
    assert rows["unbounded-send-sync"][0]["justification"] == "one thread at a time, see the README"
    assert rows["explicit-panic-in-callback"][0]["kind"] == "external"


def test_the_gravest_are_kept_and_the_rest_is_counted() -> None:
    low = [_finding(Span("a.rs", line, 1, line, 2), f"{line}") for line in range(1, sarif.RESULTS + 3)]
    worst = replace(_finding(Span("z.rs", 1, 1, 1, 2)), severity=Severity.CRITICAL)
    run = _run(sarif.report(_review(*low, worst), scanned()[1]))
    assert len(run["results"]) == sarif.RESULTS
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "z.rs"
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "3 results of 5,003 are left out; the gravest 5,000 are kept."


def test_findings_that_read_the_same_have_identities_of_their_own() -> None:
    run = _run(sarif.report(_review(*(_finding(Span("a.rs", n, 1, n, 2)) for n in (1, 2, 3))), scanned()[1]))
    assert len({result["partialFingerprints"][sarif.OWN_MARK] for result in run["results"]}) == 3


def test_an_identity_holds_no_line() -> None:
    here, there = (_only(_finding(Span("a.rs", line, 1, line, 2))) for line in (3, 30))
    assert here["partialFingerprints"] == there["partialFingerprints"]


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINK = re.compile(r"(?<!\\)\]\((\d+)\)")


def _checked(text: str) -> None:
    run = _run(text)
    for result in run["results"]:
        linked = {int(number) for number in _LINK.findall(result["message"]["text"])}
        related = result.get("relatedLocations", [])
        assert linked == {place["id"] for place in related[: sarif.LINKED]}, "no link but ours"
        for place in (*result["locations"], *related):
            physical = place["physicalLocation"]
            assert set(physical["artifactLocation"]["uri"]) <= set(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%"
            )
            region = physical["region"]
            assert 1 <= region["startLine"] == region["endLine"]
            assert 1 <= region["startColumn"] < region["endColumn"]
    assert not _CONTROL.search(json.dumps(_strings(run), ensure_ascii=False).replace("\\n", "").replace("\\t", ""))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    rows = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for row in rows for text in _strings(row)]


@given(reviews())
def test_a_strangers_text_stays_text(given_review: tuple[Review, Material]) -> None:
    _checked(sarif.report(*given_review))


@given(comparisons())
def test_a_strangers_change_stays_text(given_comparison: tuple[Any, Material]) -> None:
    _checked(sarif.report_changes(*given_comparison))


def test_a_program_without_anything_is_a_run_without_results() -> None:
    empty = Review(Program((), (), (), (), scanned()[0].program.totals), ())
    assert _run(sarif.report(empty, Material()))["results"] == []
    assert unquote(sarif.uri("a b")) == "a b"
