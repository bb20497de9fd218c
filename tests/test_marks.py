"""Lines known again, and quoted. The hashes are what github/codeql-action's own code gives for these texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ffireview.model.place import Span
from ffireview.pipeline import quotes
from ffireview.pipeline.marks import line_marks
from ffireview.sources.fragments import FragmentFile, FragmentSnapshot

_END = "c129715d7a2bc9a3:1"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("", [_END]),
        ("let x = 1;\n", ["4d77c39d46dbac0b:1", _END]),
        ("  fn f() {\n\tg();\n}\n", ["e08bcef19a7c743b:1", "70eb1fba7b3fd883:1", "32dce9ccfdbc9d3e:1", _END]),
        ("a\r\nb\rc\nd", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
        ("a\r \nb", ["67c066a59e652f5e:1", "cc4c43d77869440f:1", "8ee5a81e681643c1:1"]),
        ("unsafe { f() };\n" * 9, ["7ca9991946294535:1", "7ca9991946294535:2", "7fd9e674c9061009:1"]),
        ("\ufefffn main() {}\n", ["d336dd861fa5824e:1", _END]),
        ('let s = "𐐀é"; // wide\n\n\n', ["9f0a2a575d5fbf8a:1", "5b5d4caf73a13177:1", "3c5bef55b72b93c9:1", _END]),
        ("x" * 250 + "\ny\n", ["52b56201ffb58620:1", "c33be7e0cf7c3ca:1", _END]),
    ],
    ids=lambda value: ascii(value)[:30] if isinstance(value, str) else "",
)
def test_a_mark_is_what_code_scanning_computes(text: str, marks: list[str]) -> None:
    assert list(line_marks(text.encode(), range(1, len(marks) + 1)).values()) == marks


@given(st.binary(max_size=300))
def test_every_line_of_any_bytes_has_a_mark_and_no_two_are_equal(source: bytes) -> None:
    lines = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    marks = line_marks(source, range(1, lines + 5))
    assert list(marks) == list(range(1, lines + 1))
    assert len(set(marks.values())) == lines


def test_layout_elsewhere_keeps_a_mark() -> None:
    one = line_marks(b"fn f() {}\n    unsafe { g() }\n", [2])
    assert one == line_marks(b"fn   f() {}\nunsafe   {g()}\n", [2])


def test_quotes_hold_the_first_lines_of_a_place_and_nothing_of_a_file_that_is_not_there() -> None:
    files = (FragmentFile("a.rs", "\ufeffone\r\ntwo\n" + "more\n" * 20, 1),)
    whole, gone = Span("a.rs", 1, 1, 19, 1), Span("b.rs", 1, 1, 1, 2)
    found = quotes(FragmentSnapshot(files), {whole, gone})
    assert found[whole].rows == ("one", "two", "more", "more", "more", "more")
    assert found[gone].rows == ()
