"""Workflow commands: whole texts, limits, and what a runner that reads them line by line would do."""

import re
from typing import NamedTuple

from hypothesis import given
from msgspec.structs import replace
from reporting import compared, comparisons, reviews, scanned
from syrupy.assertion import SnapshotAssertion

from ffireview.model.comparison import Comparison
from ffireview.model.finding import Confidence, Finding, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.model.quote import Quote
from ffireview.model.review import Review
from ffireview.reporters import github
from ffireview.reporters.material import Material
from ffireview.reporters.styled import harmless


def test_a_scan(snapshot: SnapshotAssertion) -> None:
    assert github.report(*scanned()) == snapshot


def test_a_change(snapshot: SnapshotAssertion) -> None:
    assert github.report_changes(*compared()) == snapshot


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    text: str


_COMMAND = re.compile(r"\s*::([^\s:]+)(?: ([^:]*))?::(.*)", re.DOTALL)


def runner(output: str) -> list[Command]:
    """The commands that a runner takes out of a log: by lines, with stop tokens, both ways to write a command."""
    found: list[Command] = []
    token = ""
    for line in re.split(r"\r\n|\r|\n", output):
        command = _COMMAND.match(line)
        if token:
            if command and command[1] == token:
                token = ""
            continue
        if command is None:
            assert "##[" not in line, "the older form of a command, anywhere in a line"
            assert "##vso[" not in line
            continue
        pairs = (pair.partition("=") for pair in (command[2] or "").split(",") if pair)
        found.append(Command(command[1], {name: _read(value) for name, _, value in pairs}, _read(command[3])))
        token = command[3] if command[1] == "stop-commands" else ""
    assert not token, "what was stopped goes on again"
    return found


def _read(text: str) -> str:
    for escaped, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escaped, char)
    return text


def _finding(line: int, severity: Severity = Severity.HIGH, message: str = "text") -> Finding:
    place = Span("a.rs", line, 1, line, 2)
    return Finding("signature-mismatch", severity, Confidence.HIGH, Persona.REGULAR, "", place, message)


def _report(*findings: Finding, **known: object) -> str:
    review, material = scanned()
    return github.report(replace(review, findings=findings), replace(material, sites_at=None, **known))


def test_ten_of_each_level_the_gravest_first() -> None:
    severities = [Severity.LOW] * 12 + [Severity.HIGH] * 12 + [Severity.CRITICAL] * 3
    text = _report(*(_finding(n, severity, f"{severity} {n}") for n, severity in enumerate(severities, 1)))
    commands = runner(text)
    assert [c.name for c in commands] == ["error"] * 10 + ["notice"] * 10 + ["stop-commands"]
    assert [c.text.split()[0] for c in commands[:4]] == ["critical", "critical", "critical", "high"]
    assert text.endswith(
        "27 results, 20 as annotations (a step shows 10 of each level; the log above lists 27); 0 suppressed.\n"
    )


def test_suppressed_findings_are_counted_only() -> None:
    text = _report(replace(_finding(1), suppressed="baseline"))
    assert text == "ffireview: 0 results, 0 as annotations; 1 suppressed.\n"


def test_code_in_the_log_is_no_command() -> None:
    finding = _finding(1, message="x\r\n::error::y")
    quote = Quote(1, ("::error file=a::planted", "::stop-commands::x"))
    text = _report(finding, quotes={finding.span: quote})
    assert "::error file=a::planted" in text
    assert [c.name for c in runner(text)] == ["error", "stop-commands"]


def test_the_token_is_not_the_same_for_other_text() -> None:
    one, other = (runner(_report(_finding(n)))[-1].text for n in (1, 2))
    assert one != other


def test_columns_stand_with_one_line_only() -> None:
    finding = replace(_finding(3), span=Span("a.rs", 3, 5, 9, 2))
    (annotation, _) = runner(_report(finding, quotes={finding.span: Quote(3, ("    fn f(", "    )"))}))
    assert annotation.properties["line"] == annotation.properties["endLine"] == "3"
    assert (annotation.properties["col"], annotation.properties["endColumn"]) == ("5", "10")


@given(reviews())
def test_a_strangers_text_is_no_command(given_review: tuple[Review, Material]) -> None:
    review, material = given_review
    commands = runner(github.report(review, material))
    listed = [f for f in review.findings if not f.suppressed]
    found = [c for c in commands if c.properties.get("title", "").endswith(("signature-mismatch", "send-sync"))]
    assert sorted(c.text for c in found) == sorted(_told(f) for f in listed)
    assert sorted(c.properties["file"] for c in found) == sorted(harmless(f.span.path) for f in listed)
    assert {c.name for c in commands} <= {"error", "warning", "notice", "stop-commands"}


def _told(finding: Finding) -> str:
    return "\n".join(harmless(row) for row in (finding.message, *map(_label, finding.labels)))


def _label(label: Label) -> str:
    return f"{label.text}: {label.span}"


@given(comparisons())
def test_a_strangers_change_is_no_command(given_comparison: tuple[Comparison, Material]) -> None:
    commands = runner(github.report_changes(*given_comparison))
    assert {c.name for c in commands} <= {"error", "warning", "notice", "stop-commands"}
    for command in commands[:-1]:
        assert set(command.properties) == {"file", "line", "endLine", "col", "endColumn", "title"}


def test_the_runner_would_see_what_got_through() -> None:
    assert runner("::error::a\n  ::add-mask::b")[1] == Command("add-mask", {}, "b")
