"""The catalogue: every rule finds just what its BAD marks, and nothing in its GOOD."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ffireview.flow import Codebase
from ffireview.model.suppression import SUPPRESSIONS
from ffireview.pipeline import review
from ffireview.reporters.rules import render_page
from ffireview.rules import catalogue, findings, rule
from ffireview.rules.bits import extent, never_zero, padding
from ffireview.rules.catalogue import GROUPS, Flaw
from ffireview.sources.fragments import parse_fragment

ROOT = Path(__file__).parent.parent
FLAWS = [pytest.param(flaw, id=flaw.rule.id) for flaw in catalogue()]


def found(text: str, flaw: Flaw) -> Counter[tuple[str, int, str]]:
    """What the rule finds; what one of suppressions finds depends on all others and on the day."""
    result = review(parse_fragment(text).snapshot, today=date(2026, 11, 21))
    alone = result.findings if flaw.rule.group == SUPPRESSIONS else findings(Codebase(result.program), [flaw])
    return Counter((f.span.path, f.span.line, f.rule) for f in alone if f.rule == flaw.rule.id)


@pytest.mark.parametrize("flaw", FLAWS)
def test_bad_gives_its_marks(flaw: Flaw) -> None:
    for text in flaw.rule.bad:
        marks = Counter((m.path, m.line, m.text) for m in parse_fragment(text).expectations)
        assert marks, "a BAD fragment marks what is found in it"
        assert found(text, flaw) == marks


@pytest.mark.parametrize("flaw", FLAWS)
def test_good_gives_none(flaw: Flaw) -> None:
    for text in flaw.rule.good:
        assert not parse_fragment(text).expectations
        assert not found(text, flaw)


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_rule_tells_what_it_is(flaw: Flaw) -> None:
    told = flaw.rule
    assert told.prose.title
    assert not told.prose.title.endswith(".")
    assert told.prose.what
    assert told.prose.why
    assert told.prose.instead
    assert told.bad
    assert told.good
    assert told.cwe
    assert all(part.startswith("P") for part in told.pattern.split())
    assert rule(told.id) == flaw


@pytest.mark.parametrize(
    "written",
    ["[" * 3000 + "u8" + "; 4]" * 3000, f"[u32; {'9' * 5000}]", "[u32; \u0664]", "Loop", "[Loop; 2]", "Cell<" * 3000],
)
def test_a_type_that_nobody_can_measure_is_not_known(written: str) -> None:
    text = "-- src/lib.rs --\n#[repr(C)]\npub struct Loop { next: [Loop; 1], other: Loop }\n"
    codebase = Codebase(review(parse_fragment(text).snapshot).program)
    assert extent(codebase, written, "") is None
    assert never_zero(codebase, written, "") == ""
    assert padding(codebase, written, "") == ""


def test_every_module_of_a_group_is_in_the_catalogue() -> None:
    folder = ROOT / "ffireview" / "rules"
    modules = {path.stem.replace("_", "-") for group in GROUPS for path in (folder / group).glob("[a-z]*.py")}
    assert {flaw.rule.id for flaw in catalogue()} == modules
    assert {path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(GROUPS)


def test_the_page_is_that_of_the_code() -> None:
    page = render_page(tuple(flaw.rule for flaw in catalogue()))
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page
