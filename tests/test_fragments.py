"""The fragment format and the comparison that every case relies on."""

from harness import differences

from ffireview.model.place import Problem
from ffireview.pipeline import review
from ffireview.sources.fragments import parse_fragment

TWO_FILES = """\
An import meets its prototype.
checks: import link
-- src/lib.rs --
extern "C" { fn store_put(n: u32); }     //~ import:store_put, link: c/store.h:1
-- c/store.h --
void store_put(unsigned long n);         //~? declared differently here
"""


def test_a_fragment_is_a_snapshot_without_its_marks() -> None:
    snapshot = parse_fragment(TWO_FILES).snapshot
    assert [entry.path for entry in snapshot.listing().entries] == ["c/store.h", "src/lib.rs"]
    assert snapshot.read("src/lib.rs") == b'extern "C" { fn store_put(n: u32); }\n'
    assert snapshot.read("c/store.h") == b"void store_put(unsigned long n);\n"
    assert isinstance(snapshot.read("absent.rs"), Problem)


def test_what_stands_before_the_first_file_describes_and_sets() -> None:
    fragment = parse_fragment(TWO_FILES)
    assert fragment.description == "An import meets its prototype."
    assert fragment.settings == {"checks": "import link"}


def test_marks_are_words_with_places_of_file_and_fragment() -> None:
    fragment = parse_fragment(TWO_FILES)
    assert [(e.path, e.line, e.text, e.kind, e.marked) for e in fragment.expectations] == [
        ("src/lib.rs", 1, "import:store_put", "import", 4),
        ("src/lib.rs", 1, "link:c/store.h:1", "link", 4),
    ]
    assert [(e.path, e.line, e.text) for e in fragment.labels] == [("c/store.h", 1, "declared differently here")]


def test_marks_may_point_up_follow_one_another_and_stand_behind_a_hash() -> None:
    fragment = parse_fragment("one\ntwo\n//~^^ first //~^ second\nthree #~ third\n")
    assert [(e.line, e.text) for e in fragment.expectations] == [(1, "first"), (2, "second"), (4, "third")]
    assert fragment.snapshot.read("src/lib.rs") == b"one\ntwo\n\nthree\n"


def test_an_ordinary_comment_and_a_url_are_no_marks() -> None:
    text = '// plain ~ //\nlet url = "https://example.org/~user"; // SAFETY: stays\n'
    fragment = parse_fragment(text)
    assert not fragment.expectations
    assert fragment.snapshot.read("src/lib.rs") == text.encode()


def _differences(text: str) -> list[str]:
    fragment = parse_fragment(text)
    return differences(fragment, review(fragment.snapshot), "a.frag")


def test_a_right_expectation_is_no_difference() -> None:
    assert _differences(TWO_FILES) == []


def test_what_is_unexpected_is_a_difference() -> None:
    assert _differences("checks: site\n-- src/lib.rs --\n\nunsafe fn f() {}\n") == [
        "a.frag:4 (src/lib.rs:2): expected nothing, got site:unsafe-fn"
    ]


def test_what_is_missing_is_a_difference() -> None:
    assert _differences("checks: site\n-- src/lib.rs --\nfn f() {}  //~ site:unsafe-fn\n") == [
        "a.frag:3 (src/lib.rs:1): expected site:unsafe-fn, got nothing"
    ]


def test_two_sites_on_a_line_need_two_marks() -> None:
    text = "checks: site\n-- src/lib.rs --\nunsafe fn f() {} unsafe fn g() {}  //~ site:unsafe-fn\n"
    assert _differences(text) == ["a.frag:3 (src/lib.rs:1): expected site:unsafe-fn, got site:unsafe-fn site:unsafe-fn"]


def test_a_mark_of_a_kind_that_is_not_checked_is_a_difference() -> None:
    assert "does not name: safety" in _differences("checks: site\n-- a.rs --\n//~ safety:doc\n")[0]
    assert "unknown kind: sight" in _differences("checks: sight\n-- a.rs --\n")[0]
