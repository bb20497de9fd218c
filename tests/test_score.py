"""The score: whole points that add up, each with a reason; what is rare here counts for more."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from ffireview.model.program import Site
from ffireview.model.review import Review, Score
from ffireview.pipeline import review
from ffireview.score.signs.named import _NO_SIGN
from ffireview.score.table import bands, reasons, weights
from ffireview.sources import open_folder
from ffireview.sources.fragments import parse_fragment

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(folder.name for folder in (ROOT / "samples").iterdir() if folder.is_dir())
OPERATIONS = {path.stem for path in (ROOT / "queries" / "rust" / "operations").glob("*/*.scm")}


def judged(text: str) -> Review:
    return review(parse_fragment(text).snapshot)


def rows(result: Review) -> list[tuple[Site, Score]]:
    return list(zip(result.program.sites, result.scores, strict=True))


def at_line(result: Review, line: int) -> Score:
    return next(score for site, score in rows(result) if site.span.line == line)


def points(score: Score, words: str) -> int:
    return sum(part.points for part in score.contributions if words in part.reason)


@pytest.mark.parametrize("sample", SAMPLES)
def test_contributions_add_up(sample: str) -> None:
    for _, score in rows(review(open_folder(str(ROOT / "samples" / sample)))):
        assert score.value == max(0, min(100, sum(part.points for part in score.contributions)))
        assert all(part.points and part.reason for part in score.contributions)


def test_every_sign_has_words_and_every_operation_points() -> None:
    table = weights()
    assert set(table.raises) <= set(reasons().says) | OPERATIONS
    assert set(table.lowers) - {"alike"} <= set(reasons().says)
    assert set(reasons().told_by) <= set(table.raises)
    text = resources.files("ffireview.score.signs").joinpath("named.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)) <= set(table.raises)
    assert list(bands().values()) == sorted(bands().values())
    assert not OPERATIONS - set(table.raises) - _NO_SIGN - _RARE


_RARE = frozenset({"assert-unchecked", "char-from-u32-unchecked", "naked-asm", "global-asm", "send-sync-impl"})
"""Operations of which the fitted trees had too few to say anything."""

ONE = """
-- src/lib.rs --
pub fn first(p: &[u8]) -> u32 { unsafe { std::mem::transmute::<[u8; 4], u32>([p[0], p[1], p[2], p[3]]) } }
"""


def test_what_everybody_does_here_counts_for_less() -> None:
    alone = at_line(judged(ONE), 1)
    many = at_line(judged(ONE + "\n".join(
        f"pub fn n{i}(p: [u8; 4]) -> u32 {{ mark({i}); unsafe {{ std::mem::transmute(p) }} }}" for i in range(200)
    )), 1)  # fmt: skip
    assert 0 < points(many, "transmute") < points(alone, "transmute")


def test_many_of_one_form_count_for_less() -> None:
    copies = [f"pub fn size{i}(b: &B) -> i32 {{ unsafe {{ blob_size(b.raw) }} }}" for i in range(9)]
    other = "pub fn two(b: &B) -> i32 { unsafe { blob_size(b.raw) + blob_size(b.next) } }"
    result = judged(
        '-- src/lib.rs --\nextern "C" { fn blob_size(b: *const u8) -> i32; }\n' + "\n".join([*copies, other])
    )
    assert points(at_line(result, 2), "8 other functions do the same") < 0
    assert not points(at_line(result, 11), "the same")


HALVES = """
-- src/lib.rs --
pub fn f(p: *mut u32, n: usize) -> u32 {
    let first = unsafe { std::ptr::read(p) };
    unsafe { g(first) }
}
pub unsafe fn g(n: u32) -> u32 { n }
"""


def test_a_sign_of_another_block_counts_half() -> None:
    result = judged(HALVES)
    own, other = points(at_line(result, 2), "raw-read"), points(at_line(result, 3), "raw-read")
    assert 0 < other <= own // 2 + 1


UNBOUNDED = """
-- src/lib.rs --
pub struct Cell<T>(*mut T);
unsafe impl<T> Sync for Cell<T> {}
"""


def test_a_finding_replaces_the_sign_that_it_tells() -> None:
    score = at_line(judged(UNBOUNDED), 2)
    assert points(score, "unbounded-send-sync:") >= 20
    assert not points(score, "Send or Sync for any type")


CAUGHT = """
-- src/lib.rs --
pub fn wrap<T, F: FnOnce() -> T>(f: F) -> Option<T> { std::panic::catch_unwind(f).ok() }
#[no_mangle]
pub extern "C" fn by_function(p: *const u8) { wrap(|| { run(p); stop(p) }); }
#[no_mangle]
pub extern "C" fn by_macro(p: *const u8) { ffi_panic_boundary! { run(p); stop(p) } }
#[no_mangle]
pub extern "C" fn bare(p: *const u8) { run(p); stop(p) }
"""


def test_what_catches_panics_for_a_function_counts_however_it_is_written() -> None:
    result = judged(CAUGHT)
    assert points(at_line(result, 7), "a panic is not caught")
    assert not points(at_line(result, 3), "a panic is not caught")
    assert not points(at_line(result, 5), "a panic is not caught")
