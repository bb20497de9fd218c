"""What the tests of every report format share: a review and a comparison read from fragments, and hostile ones."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from msgspec.structs import replace

from ffireview.audit import questions_of
from ffireview.model.checklist import Asked, Bearing, Evidence, Question
from ffireview.model.comparison import (
    Cause,
    CauseKind,
    Change,
    Comparison,
    Counts,
    Entry,
    Excerpt,
    Mark,
    Note,
    Row,
)
from ffireview.model.facts import Operation, SafetyNote, SafetyPlace, SiteKind
from ffireview.model.finding import Confidence, Filter, Finding, Label, Persona, Rule, Severity
from ffireview.model.ledger import Audited, AuditEntry, Hashes, State, Verdict
from ffireview.model.place import Problem, ProblemKind, Range, Span
from ffireview.model.program import Area, Program, Site, Totals
from ffireview.model.quote import Quote
from ffireview.model.review import Contribution, Review, Score
from ffireview.pipeline import Version, compare_snapshots, quotes, review
from ffireview.reporters.material import Material
from ffireview.reporters.results import places, results_of, results_of_changes
from ffireview.rules import catalogue
from ffireview.sources.fragments import parse_change, parse_fragment

FRAGMENTS = Path(__file__).parent / "reports"
TOTALS = Totals(1, 1, 1, 1, 1, 0, 1)


@cache
def scanned() -> tuple[Review, Material]:
    """The review of `store.frag`, a finding suppressed in the code and one in a baseline; what reports are told."""
    snapshot = parse_fragment((FRAGMENTS / "store.frag").read_text(encoding="utf-8")).snapshot
    found = review(snapshot)
    reasons = {"unbounded-send-sync": "one thread at a time, see the README", "explicit-panic-in-callback": "baseline"}
    remark = {"unbounded-send-sync": Span("src/lib.rs", 21, 1, 21, 40)}
    found = replace(
        found,
        findings=tuple(
            replace(f, suppressed=reasons.get(f.rule, ""), suppressed_at=remark.get(f.rule)) for f in found.findings
        ),
    )
    asked = Material(rules=_rules({f.rule for f in found.findings}), filter=Filter(Persona.PEDANTIC), sites_at=30)
    questions = questions_of(found, found.program.sites)
    return found, replace(asked, quotes=quotes(snapshot, places(results_of(found, asked))), questions=questions)


@cache
def compared() -> tuple[Comparison, Material]:
    """The comparison of `change.frag`."""
    fragment = parse_change((FRAGMENTS / "change.frag").read_text(encoding="utf-8"))
    found, newer = compare_snapshots(Version(fragment.before, "main"), Version(fragment.after, "topic"))
    asked = Material(rules=_rules({f.rule for f in found.findings}), totals=newer.program.totals)
    listed = quotes(fragment.after, places(results_of_changes(found, asked)))
    questions = questions_of(newer, [entry.after for entry in found.entries if entry.after is not None])
    return found, replace(asked, quotes=listed, questions=questions)


def _rules(names: set[str]) -> tuple[Rule, ...]:
    return tuple(flaw.rule for flaw in catalogue() if flaw.rule.id in names)


ATTACKS = (
    "`", "```", "~~~", "</script>", "<script>x</script>", "<img src=x onerror=y>", "<!--", "-->", "::error::gone",
    "::stop-commands::token", "::add-mask::a", "##[error]x", "##vso[task.setvariable]", "@octocat", "#12", "GH-12",
    "owner/repo#3", "https://evil.example/x", "www.evil.example", "[click](1)", "![x](http://e.example/i.png)", "](0)",
    "\x1b[31mred", "\x1b]8;;http://e.example\x07", "\x9b31m", "\u202ereversed", "\u2066", "\u200b", "\ufeff", "\x00",
    "\r", "\n", "\r\n", "\u2028", "\u0085", "\n::error::x", "\n# heading", "\n> quoted", "\n--- ", "\n@@ -1 +1 @@",
    "\n+evil", "\nFrom someone", "\n-- \n", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", ",", ";", '"',
    "'",
    "|", "\\", "\\|", "\\`", "%0A", "%", "%25", "&amp;", "&#64;", "*", "_", "~~", "$x$", "<", ">", "\udcff",
    "\\xff", "\\x5cx41", "é", "𐐀", "a:b", "//", "..", " ", "x" * 90,
)  # fmt: skip
"""Pieces of text that mean something to some reader of some format."""

hostile = (
    st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=3)), min_size=1, max_size=6).map("".join).filter(bool)
)
"""Text of a stranger."""
_HITS = ("signature-mismatch", "unbounded-send-sync")
_RULES_OF_HITS = _rules(set(_HITS))
_number = st.integers(1, 3)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    line = draw(_number)
    column = draw(_number)
    return Span(draw(hostile), line, column, line + draw(st.integers(0, 2)), column + draw(_number))


@st.composite
def sites(draw: st.DrawFn) -> Site:
    text = draw(hostile)
    return Site(
        id=f"{draw(st.integers(0, 16**12)):012x}",
        kind=draw(st.sampled_from(list(SiteKind))),
        name=draw(hostile),
        owner=draw(hostile),
        span=draw(spans()),
        area=Area.LIBRARY,
        area_reason=text,
        unsafe=True,
        visibility="pub",
        enclosing=text,
        reach=text,
        safety=SafetyNote(SafetyPlace.COMMENT, text, 1),
        cfg=(text,),
        macro=None,
        operations=(Operation("transmute", text, Range(1, 1, 1, 2)),),
        around=(),
        detail=text,
        symbol=text,
        lines=1,
        tokens="0",
        crossings=(text,),
    )


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    return Finding(
        rule=draw(st.sampled_from(_HITS)),
        severity=draw(st.sampled_from(list(Severity))),
        confidence=draw(st.sampled_from(list(Confidence))),
        persona=Persona.REGULAR,
        site="",
        span=draw(spans()),
        message=draw(hostile),
        labels=tuple(Label(draw(spans()), draw(hostile)) for _ in range(draw(st.integers(0, 2)))),
        suppressed=draw(st.one_of(st.just(""), st.just("baseline"), hostile)),
        suppressed_at=draw(st.none() | spans()),
    )


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    """A question for which something may have been found."""
    found = tuple(
        Evidence(draw(st.sampled_from(list(Bearing))), "null-test", draw(hostile), draw(st.none() | spans()))
        for _ in range(draw(st.integers(0, 2)))
    )
    return Asked(Question(draw(hostile), draw(hostile), 1), ("raw-deref",), found)


@st.composite
def audits(draw: st.DrawFn, site: str, asked: tuple[Asked, ...]) -> Audited:
    """What somebody signed of a site, every word of it by a stranger."""
    entry = AuditEntry(
        site=site, kind="unsafe-block", path=draw(hostile), owner=draw(hostile), name="", operations=(),
        verdict=draw(st.sampled_from(list(Verdict))), by=draw(hostile), at=draw(hostile), tool=draw(hostile),
        hashes=Hashes("", "", "", "", ""), answers={one.question.id: draw(hostile) for one in asked},
        conditions=(draw(hostile),), evidence=(draw(hostile),), expires=draw(hostile), assisted_by=draw(hostile),
    )  # fmt: skip
    return Audited(draw(hostile), entry, (draw(st.sampled_from(list(State))),), site, None, 1)


@st.composite
def signed(draw: st.DrawFn, sites: Iterable[str]) -> tuple[dict[str, tuple[Asked, ...]], tuple[Audited, ...]]:
    """Questions about sites, and entries that answer them."""
    asked = {site: tuple(draw(st.lists(questions(), max_size=3))) for site in sites}
    return asked, tuple(draw(audits(site, rows)) for site, rows in asked.items() if draw(st.booleans()))


@st.composite
def reviews(draw: st.DrawFn) -> tuple[Review, Material]:
    """A review in which every text is a stranger's, and lines of code that are."""
    found = tuple(draw(st.lists(sites(), max_size=2, unique_by=lambda site: site.id)))
    scores = tuple(
        Score(site.id, draw(st.integers(0, 100)), (Contribution(5, draw(hostile), site.span),)) for site in found
    )
    problems = tuple(
        Problem(draw(hostile), ProblemKind.SYNTAX, draw(hostile), 1) for _ in range(draw(st.integers(0, 1)))
    )
    result = Review(Program(found, (), (), problems, TOTALS), scores, tuple(draw(st.lists(findings(), max_size=2))))
    asked = Material(rules=_RULES_OF_HITS, sites_at=0)
    return result, replace(asked, quotes=_quotes(draw, places(results_of(result, asked))))


def _quotes(draw: st.DrawFn, wanted: set[Span]) -> dict[Span, Quote]:
    return {span: Quote(span.line, _rows(draw), "0:1") for span in sorted(wanted) if draw(st.booleans())}


def _rows(draw: st.DrawFn) -> tuple[str, ...]:
    """Lines as a file gives them: of any characters but line feeds, decoded from bytes."""
    text = draw(hostile).encode("utf-8", "replace").decode("utf-8")
    return tuple(text.split("\n"))


@st.composite
def excerpts(draw: st.DrawFn) -> Excerpt:
    rows = tuple(
        Row(number, text, (Mark(1, 2),) if draw(st.booleans()) else ()) for number, text in enumerate(_rows(draw), 1)
    )
    return Excerpt(draw(spans()), rows)


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[Comparison, Material]:
    """A comparison in which every text is a stranger's."""
    entries = []
    for site in draw(st.lists(sites(), max_size=2, unique_by=lambda site: site.id)):
        change = draw(st.sampled_from(list(Change)))
        causes = tuple(
            Cause(CauseKind.C_BODY, draw(hostile), 1, draw(spans()), draw(spans())) for _ in range(draw(_number) - 1)
        )
        entries.append(
            Entry(
                change,
                None if change is Change.NEW else site,
                None if change is Change.REMOVED else site,
                draw(st.integers(0, 100)),
                draw(st.integers(0, 100)),
                1,
                () if change is Change.REMOVED else causes,
                draw(st.none() | excerpts()),
                draw(st.none() | excerpts()),
                draw(st.none() | excerpts()),
            )
        )
    notes = tuple(
        Note(Cause(CauseKind.BUILD, draw(hostile), 1, draw(spans()), draw(st.none() | spans())), None, draw(excerpts()))
        for _ in range(draw(st.integers(0, 1)))
    )
    found = Comparison(
        draw(hostile), draw(hostile), tuple(entries), notes, Counts(1, 1, 1, 1, 1, 1, 1, 1, 1), 1, (),
        tuple(draw(st.lists(findings(), max_size=1))),
    )  # fmt: skip
    asked = Material(rules=_RULES_OF_HITS, totals=TOTALS)
    return found, replace(asked, quotes=_quotes(draw, places(results_of_changes(found, asked))))
