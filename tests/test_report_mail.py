"""Mail: whole texts, 72 columns, and nothing of a stranger's that reads as something else."""

import re

from hypothesis import given
from msgspec.structs import replace
from reporting import compared, comparisons, reviews, scanned
from syrupy.assertion import SnapshotAssertion

from ffireview.model.comparison import Comparison
from ffireview.model.finding import Confidence, Finding, Persona, Severity
from ffireview.model.place import Span
from ffireview.model.quote import Quote
from ffireview.model.review import Review
from ffireview.reporters import mail
from ffireview.reporters.material import Material

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def test_a_scan(snapshot: SnapshotAssertion) -> None:
    assert mail.report(*scanned()) == snapshot


def test_a_change(snapshot: SnapshotAssertion) -> None:
    assert mail.report_changes(*compared()) == snapshot


def _report(message: str, *rows: str) -> list[str]:
    review, material = scanned()
    place = Span("a.rs", 1, 1, 2, 2)
    finding = Finding("signature-mismatch", Severity.HIGH, Confidence.HIGH, Persona.REGULAR, "", place, message)
    text = mail.report(
        replace(review, findings=(finding,)), replace(material, sites_at=None, quotes={place: Quote(1, rows)})
    )
    rows_of_text = text.split("\n")
    return rows_of_text[rows_of_text.index("> a.rs:1") :]


def test_quoted_lines_are_marked_and_not_broken() -> None:
    long = "let x = " + "f() + " * 30 + "g();"
    rows = _report("text", long, "From here on", "-- ")
    assert rows[:4] == ["> a.rs:1", f"> {long}", "> From here on", "> --"]


def test_remarks_are_72_columns_wide() -> None:
    rows = _report("word " * 60)
    assert 60 < max(len(row) for row in rows) <= 72


def test_a_remark_starts_like_no_quotation() -> None:
    whole = "x" * 71
    rows = _report(f"{whole} > quoted {whole} From me {whole} --- a/b {whole} diff --git")
    assert not [row for row in rows[1:] if row.startswith((">", "From ", "--", "diff "))]
    assert [row for row in rows if row.startswith(" ")] == [" > quoted", " From me", " --- a/b", " diff --git."]


def test_only_as_many_changes_as_asked_for() -> None:
    comparison, material = compared()
    text = mail.report_changes(comparison, replace(material, top=1))
    assert text.endswith("5 more changes of less weight not shown.\n")


def _checked(text: str) -> None:
    assert not CONTROL.search(text.replace("\n", ""))
    for row in text.split("\n"):
        assert not row.startswith(("From ", "--", "diff ", "@@", "+++")), "no mail, no patch, no signature"
        if not row.startswith(("> ", "      ")) and len(row) > mail.WIDTH:
            assert len(row.strip().split(" ")) == 1, "only a word that is longer than a line"


@given(reviews())
def test_a_strangers_text_stays_text(given_review: tuple[Review, Material]) -> None:
    _checked(mail.report(*given_review))


@given(comparisons())
def test_a_strangers_change_stays_text(given_comparison: tuple[Comparison, Material]) -> None:
    _checked(mail.report_changes(*given_comparison))
