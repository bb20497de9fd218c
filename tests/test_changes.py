"""Every change in tests/changes: the comparison says what the fragment marks, and nothing else of the kinds it checks.

`checks:` names what is accounted for in full: `change` (`new:unsafe-block`, `affected:unsafe-fn`, .. where the site
starts; what is removed is marked in the older text), `cause` (`cause:c-signature` beside it) and `note` (`note:build`).
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ffireview.model.comparison import CauseKind, Change, Comparison
from ffireview.pipeline import Version, compare_snapshots
from ffireview.sources.fragments import parse_change

CHANGES = Path(__file__).parent / "changes"
Fact = tuple[str, str, int, str]


@pytest.mark.parametrize("file", [pytest.param(f, id=f.stem) for f in sorted(CHANGES.glob("*.frag"))])
def test_a_change_gives_the_marked_facts(file: Path) -> None:
    fragment = parse_change(file.read_text(encoding="utf-8"))
    checks = fragment.settings["checks"].split()
    found, _ = compare_snapshots(Version(fragment.before, "before"), Version(fragment.after, "after"))
    marked = [("before", mark) for mark in fragment.expected_before]
    marked += [("after", mark) for mark in fragment.expected_after]
    expected = Counter((side, m.path, m.line, m.text) for side, m in marked)
    got = Counter(fact for check in checks for fact in KINDS[check](found))
    missing, surplus = sorted((expected - got).elements()), sorted((got - expected).elements())
    assert (missing, surplus) == ([], []), f"\nmissing {missing}\nsurplus {surplus}"


def _changes(found: Comparison) -> Iterator[Fact]:
    for entry in found.entries:
        if not entry.within:
            side = "before" if entry.change is Change.REMOVED else "after"
            yield side, entry.site.span.path, entry.site.span.line, f"{entry.change}:{entry.site.kind}"


def _causes(found: Comparison) -> Iterator[Fact]:
    for entry in found.entries:
        for cause in entry.causes if not entry.within and entry.change is not Change.NEW else ():
            yield "after", entry.site.span.path, entry.site.span.line, f"cause:{cause.kind}"


def _notes(found: Comparison) -> Iterator[Fact]:
    for note in found.notes:
        side, span = ("after", note.cause.after) if note.cause.after else ("before", note.cause.before)
        assert span is not None
        yield side, span.path, span.line, f"note:{note.cause.kind}"


KINDS = {"change": _changes, "cause": _causes, "note": _notes}


HELPED = """
-- src/lib.rs --
pub fn first(v: &[u8], size: usize) -> u8 {
    if size == 0 {
        return 0;
    }
    if size > v.len() {
        return 0;
    }
    unsafe { *v.get_unchecked(size - 1) }
}
== after ==
-- src/lib.rs --
fn sized(v: &[u8], size: usize) -> Option<usize> {
    if size == 0 {
        return None;
    }
    Some(size - 1)
}
pub fn first(v: &[u8], size: usize) -> u8 {
    let Some(last) = sized(v, size) else { return 0 };
    unsafe { *v.get_unchecked(last) }
}
"""


def test_a_check_that_a_helper_makes_now_is_not_gone() -> None:
    fragment = parse_change(HELPED)
    found, _ = compare_snapshots(Version(fragment.before, "before"), Version(fragment.after, "after"))
    told = [c.text for entry in found.entries for c in entry.causes if c.kind is CauseKind.CHECK_REMOVED]
    assert sorted(told) == ["bounds check `size == 0` is made in sized now", "bounds check `size > v.len()` is gone"]
