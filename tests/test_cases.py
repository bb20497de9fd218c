"""Every situation in tests/cases: the review says what the fragment marks, and nothing else of the kinds it checks."""

from pathlib import Path

import pytest
from harness import differences

from ffireview.pipeline import review
from ffireview.sources.fragments import parse_fragment

CASES = Path(__file__).parent / "cases"


def _cases() -> list[object]:
    found = []
    for file in sorted(CASES.rglob("*.frag")):
        settings = parse_fragment(file.read_text(encoding="utf-8")).settings
        marks = [pytest.mark.xfail(reason=settings["xfail"], strict=True)] if "xfail" in settings else []
        found.append(pytest.param(file, id=str(file.relative_to(CASES).with_suffix("")), marks=marks))
    return found


@pytest.mark.parametrize("file", _cases())
def test_a_situation_gives_the_marked_facts(file: Path) -> None:
    fragment = parse_fragment(file.read_text(encoding="utf-8"))
    assert fragment.settings.get("checks"), "a fragment says on its first lines what it checks"
    wrong = differences(fragment, review(fragment.snapshot), str(file.relative_to(CASES.parent)))
    assert not wrong, "\n" + "\n".join(wrong)
