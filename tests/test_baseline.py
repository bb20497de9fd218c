"""The baseline: which findings are old, the file that says so, and the commands that write it."""

import os
import random
import tomllib
from pathlib import Path

import msgspec
import pytest
from repositories import Repo
from syrupy.assertion import SnapshotAssertion
from test_cli import CLEAN, FOUND, INCOMPLETE, USAGE, ffireview

from ffireview.model.place import Problem
from ffireview.model.review import Review
from ffireview.model.suppression import Baseline, Known
from ffireview.pipeline import review
from ffireview.settle.baseline import made_of, read_baseline, write_baseline
from ffireview.settle.identity import operands
from ffireview.sources.fragments import parse_fragment

TWO = """\
pub fn first(v: &[u8], n: usize) -> u8 {
    unsafe { *v.get_unchecked(n) }
}
pub unsafe fn second(p: *const i8) -> &'static str {
    unsafe { std::ffi::CStr::from_ptr(name(p)).to_str().unwrap() }
}
pub struct Queue<T> { head: *mut T }
unsafe impl<T> Send for Queue<T> {}
extern "C" { fn name(p: *const i8) -> *const i8; }
"""


def reviewed(text: str, baseline: Baseline = Baseline()) -> Review:  # noqa: B008
    return review(parse_fragment(text).snapshot, baseline=baseline)


def baseline_of(text: str) -> Baseline:
    result = reviewed(text)
    return made_of(result.findings, result.program, Baseline())


def news(text: str, baseline: Baseline) -> list[str]:
    return [f.rule for f in reviewed(text, baseline).findings if not f.suppressed]


def test_what_is_in_the_baseline_is_marked_and_kept() -> None:
    result = reviewed(TWO, baseline_of(TWO))
    assert len(result.findings) >= 2
    assert {(f.suppressed, f.suppressed_at) for f in result.findings} == {("baseline", None)}
    assert result.settled.baseline == len(result.findings)
    assert result.settled.gone == ()


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: "// a comment\n\n\n" + text,
        lambda text: text.replace("unsafe { *v", "unsafe {\n        *v"),
        lambda text: text + "pub fn third(v: &[u8]) -> u8 { v[0] }\n",
    ],
    ids=["lines-before", "layout", "code-elsewhere"],
)
def test_a_finding_is_known_again_without_its_line(edit: object) -> None:
    assert callable(edit)
    assert news(edit(TWO), baseline_of(TWO)) == []


def test_a_second_finding_of_the_kind_is_news() -> None:
    more = TWO.replace("pub unsafe fn second", "pub fn third(v: &[u8], n: usize) -> u8 {\n"
                       "    unsafe { *v.get_unchecked(n) }\n}\npub unsafe fn second")  # fmt: skip
    assert "parameter-unchecked-access" in news(more, baseline_of(TWO))
    assert "parameter-unchecked-access" not in news(TWO, baseline_of(TWO))


def test_what_is_gone_is_told() -> None:
    without = TWO.replace("unsafe impl<T> Send", "unsafe impl<T: Send> Send")
    assert [one.rule for one in reviewed(without, baseline_of(TWO)).settled.gone] == ["unbounded-send-sync"]


def test_neither_what_a_comment_answers_nor_what_is_wrong_with_one_is_written() -> None:
    text = TWO.replace(
        "    unsafe { *v", "    // ffireview: allow(parameter-unchecked-access, qqq) -- why\n    unsafe { *v"
    )
    rules = {one.rule for one in baseline_of(text).known}
    assert "parameter-unchecked-access" in rules
    assert "malformed-suppression" not in rules
    rules = {one.rule for one in baseline_of(text.replace(", qqq", "")).known}
    assert rules
    assert "parameter-unchecked-access" not in rules


def test_an_older_file_gives_its_notes() -> None:
    result = reviewed(TWO)
    first, *rest = made_of(result.findings, result.program, Baseline()).known
    old = Baseline((msgspec.structs.replace(first, note="see #12"),))
    assert made_of(result.findings, result.program, old).known == (*old.known, *rest)


def test_other_words_for_the_same_are_the_same() -> None:
    one = operands("store_put: parameter 2: C reads 64 bits, `a  +  b` are given (LP64)")
    assert one == operands("the 2nd".replace("2nd", "store_put 2 64") + " of `a + b` on LP64")
    assert one != operands("store_put: parameter 3: C reads 64 bits, `a  +  b` are given (LP64)")


KNOWN = (
    Known("0123456789ab", "raw-rule", "src/b.rs", "impl S::f", "n 2"),
    Known("0123456789ac", "raw-rule", "src/a.rs", note='said "so"\\\n\x7f\u202e'),
    Known("0123456789ad", "another", "src/b.rs"),
)


def test_the_file_reads_well(snapshot: SnapshotAssertion) -> None:
    assert write_baseline(Baseline(KNOWN)) == snapshot


def test_the_file_says_the_same_again_in_any_order() -> None:
    rows = list(KNOWN) * 2
    random.Random(7).shuffle(rows)
    text = write_baseline(Baseline(tuple(rows)))
    assert text == write_baseline(Baseline(KNOWN))
    assert text.isprintable() or all(char.isprintable() or char == "\n" for char in text)
    again = read_baseline("b.toml", text.encode())
    assert isinstance(again, Baseline)
    assert set(again.known) == set(KNOWN)


def test_lines_of_both_sides_of_a_merge_are_one_baseline() -> None:
    head, *rows, tail = write_baseline(Baseline(KNOWN)).partition("findings = [\n")[2].split("\n")[:-1]
    merged = f"version = 1\nfindings = [\n{head}\n{rows[0]}\n{rows[1]}\n{head}\n{tail}\n"
    found = read_baseline("b.toml", merged.encode())
    assert isinstance(found, Baseline)
    assert len(found.known) == 3


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"version = 1\nfindings = [\n<<<<<<< HEAD\n=======\n>>>>>>> b\n]\n", "a merge left its conflict here"),
        (b"version = 2\n", "version 2 is not known"),
        (b"findings = []\n", "missing required field `version`"),
        (b"version = 1\nfindings = 3\n", "Expected `array`"),
        (b"version = 1\nfindings = [{ id = 3, rule = 'x', path = 'a' }]\n", "Expected `str`"),
        (b"version = 1\nfindings = [{ id = '../x', rule = 'x', path = 'a' }]\n", "is no id of a finding"),
        (b"version = 1\nfinding = []\n", "unknown field `finding`"),
        (b"version = [" + b"[" * 100_000, "no baseline"),
        (b"version = " + b"9" * 10_000, "no baseline"),
        (b"version.a.b.c = 1", "Expected `int`"),
        (b"version = 1\nfindings = [{a" + b".a" * 5_000_000 + b" = 1}]", "names too deep (line 2)"),
        (b"\xff\xfe", "no baseline"),
        (b"\0", "no baseline"),
        (b"#" * 16_000_001, "limit"),
    ],
    ids=range(14),
)
def test_a_damaged_file_is_told(source: bytes, said: str) -> None:
    found = read_baseline("b.toml", source)
    assert isinstance(found, Problem)
    assert said in found.message
    assert len(found.message) < 400


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "lib.rs").write_text(TWO)
    return folder


def test_write_scan_mend_prune(tree: Path) -> None:
    assert ffireview("scan", tree, "--fail-on", "finding").returncode == FOUND
    wrote = ffireview("baseline", "write", tree)
    assert (wrote.returncode, wrote.stdout) == (CLEAN, "")
    file = tree / ".ffireview" / "baseline.toml"
    count = len(tomllib.loads(file.read_text())["findings"])
    assert f"{count} findings, {count} new, 0 gone" in wrote.stderr
    scanned = ffireview("scan", tree, "--fail-on", "finding")
    assert scanned.returncode == CLEAN
    assert f"Findings not shown: {count} in the baseline\n" in scanned.stdout
    assert ffireview("scan", tree, "--fail-on", "finding", "--no-baseline").returncode == FOUND

    (tree / "src" / "lib.rs").write_text(TWO.replace("<T> Send", "<T: Send> Send"))
    assert "1 more are gone" in ffireview("scan", tree).stdout
    before = file.read_bytes()
    dry = ffireview("baseline", "prune", tree, "-n")
    assert dry.stdout.startswith("gone: src/lib.rs in Send for Queue<T>  unbounded-send-sync")
    assert file.read_bytes() == before
    assert ffireview("baseline", "prune", tree).stdout == dry.stdout
    assert len(tomllib.loads(file.read_text())["findings"]) == count - 1
    assert ffireview("baseline", "prune", tree).stdout == ""


def test_nothing_is_taken_out_when_part_of_the_tree_was_not_read(tree: Path) -> None:
    ffireview("baseline", "write", tree)
    file = tree / ".ffireview" / "baseline.toml"
    before = file.read_bytes()
    (tree / "src" / "lib.rs").unlink()
    os.mkfifo(tree / "src" / "lib.rs")
    (tree / "src" / "b.rs").write_text("fn f() {}\n")
    done = ffireview("baseline", "prune", tree)
    assert done.returncode == INCOMPLETE
    assert "not written" in done.stderr
    assert file.read_bytes() == before


def test_a_baseline_that_git_ignores_is_told(tree: Path) -> None:
    repo = Repo(tree)
    (tree / ".gitignore").write_text(".ffireview\n")
    repo.commit()
    assert "git ignores this file" in ffireview("baseline", "write", tree).stderr
    assert ffireview("baseline", "prune", tree).returncode == USAGE
    named = ("--baseline", tree / ".ffireview" / "baseline.toml")
    assert "0 gone" in ffireview("baseline", "prune", tree, *named).stderr


def test_write_and_prune_give_the_same_bytes(tree: Path) -> None:
    texts = {ffireview("baseline", "write", tree, "-o", "-", "--jobs", jobs).stdout for jobs in (1, 2)}
    ffireview("baseline", "write", tree)
    assert texts == {(tree / ".ffireview" / "baseline.toml").read_text()}


def test_a_link_in_the_tree_does_not_lead_the_writer_out(tree: Path) -> None:
    outside = tree.parent / "outside"
    outside.mkdir()
    (tree / ".ffireview").symlink_to(outside)
    done = ffireview("baseline", "write", tree)
    assert done.returncode == USAGE
    assert "a link stands in the way" in done.stderr
    assert list(outside.iterdir()) == []


def test_what_is_no_baseline_is_not_overwritten(tree: Path) -> None:
    (tree / "baseline.toml").write_text("[package]\n")
    (tree / "ffireview.toml").write_text('baseline = "baseline.toml"\n')
    done = ffireview("baseline", "write", tree)
    assert done.returncode == USAGE
    assert "it is not overwritten" in done.stderr
    assert (tree / "baseline.toml").read_text() == "[package]\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["baseline", "write", "{tree}/src/lib.rs"], ["baseline", "write", "{tree}/absent"],
        ["baseline", "prune", "{tree}"],
        ["scan", "{tree}", "--baseline", "{tree}/absent"], ["scan", "{tree}", "--baseline", "{tree}/src/lib.rs"],
        ["scan", "{tree}", "--baseline", "{tree}"],
    ],
)  # fmt: skip
def test_wrong_use(tree: Path, arguments: list[str]) -> None:
    done = ffireview(*(argument.format(tree=tree) for argument in arguments))
    assert done.returncode == USAGE, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
