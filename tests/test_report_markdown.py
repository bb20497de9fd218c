"""Markdown: whole texts, the limit, and strangers' texts that stay text in what a renderer makes of them."""

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from msgspec.structs import replace
from reporting import compared, comparisons, hostile, reviews, scanned
from syrupy.assertion import SnapshotAssertion

from ffireview.model.comparison import Comparison, Excerpt, Mark, Row
from ffireview.model.finding import Confidence, Finding, Persona, Severity
from ffireview.model.place import Span
from ffireview.model.review import Review
from ffireview.reporters import markdown
from ffireview.reporters.hunks import hunk
from ffireview.reporters.marking import block, cell, code, plain, sentence
from ffireview.reporters.material import Material
from ffireview.reporters.styled import harmless

RENDERER = shutil.which("cmark-gfm")
needs_renderer = pytest.mark.skipif(RENDERER is None, reason="cmark-gfm is not installed (Debian: cmark-gfm)")
OWN_TAGS = {"h2", "h3", "p", "strong", "code", "pre", "ul", "li", "br", "table", "thead", "tbody", "tr", "th", "td"}


def test_a_scan(snapshot: SnapshotAssertion) -> None:
    assert markdown.report(*scanned()) == snapshot


def test_a_change(snapshot: SnapshotAssertion) -> None:
    assert markdown.report_changes(*compared()) == snapshot


def _many(count: int) -> Review:
    review, _ = scanned()
    findings = tuple(
        Finding("signature-mismatch", severity, Confidence.HIGH, Persona.REGULAR, "", Span("𐐀", n, 1, n, 2), "𐐀" * 300)
        for n in range(count) for severity in (Severity.HIGH, Severity.CRITICAL)
    )  # fmt: skip
    return replace(review, findings=findings)


def test_a_long_text_is_cut_behind_a_whole_finding_with_the_gravest_kept() -> None:
    text = markdown.report(_many(200), scanned()[1])
    assert 60_000 < len(text.encode("utf-16-le")) // 2 <= markdown.LIMIT
    assert text.count("(critical)") > 0 == text.count("(high)")
    shown = text.count("**signature-mismatch**")
    assert f"Left out, because the text would be too long: {400 - shown} findings, 10 sites, 1 rule." in text
    assert text.count("```") % 2 == 0


def test_what_suits_is_not_cut() -> None:
    assert "Left out" not in markdown.report(*scanned())


def test_only_as_many_changes_as_asked_for() -> None:
    comparison, material = compared()
    text = markdown.report_changes(comparison, replace(material, top=2))
    assert "4 more changes not shown (`--top 6` shows all)." in text


def test_a_hunk_of_excerpts_that_reach_unequally_far() -> None:
    before = _excerpt((1, "fn f() {", False), (2, "    check();", True), (3, "    // SAFETY: x", False))
    after = _excerpt((2, "    // SAFETY: x", False), (3, "    go();", False))
    assert [row.sign + row.text for row in hunk(before, after)] == [
        " fn f() {", "-    check();", "     // SAFETY: x", "     go();",
    ]  # fmt: skip


def test_a_blank_line_goes_with_the_line_beside_it() -> None:
    before = _excerpt((3, "above", False), (4, "gone", True), (5, "", False), (6, "kept", False), (7, "", False))
    after = _excerpt((4, "kept", False))
    assert [row.sign + row.text for row in hunk(before, after)] == [" above", "-gone", "-", " kept", " "]


def test_a_hunk_of_one_side_is_all_new_or_all_gone() -> None:
    one = _excerpt((1, "a", False), (0, "", False), (9, "b", False))
    assert [row.sign for row in hunk(None, one)] == ["+", "", "+"]
    assert [row.sign for row in hunk(one, None)] == ["-", "", "-"]
    assert hunk(None, None) == []


def _excerpt(*rows: tuple[int, str, bool]) -> Excerpt:
    marked = tuple(Row(number, text, (Mark(1, 2),) if changed else ()) for number, text, changed in rows)
    return Excerpt(Span("a.rs", 1, 1, 9, 1), marked)


class _Page(HTMLParser):
    """The tags and the text of a rendered page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.in_code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag == "code"

    def handle_data(self, data: str) -> None:
        if not self.in_code:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.add("comment")


def _rendered(text: str) -> _Page:
    """What GitHub's renderer makes of a text, with raw HTML let through, so that any of it shows as tags."""
    assert RENDERER is not None
    command = [RENDERER, "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"]
    done = subprocess.run(command, input=text.encode("utf-8"), capture_output=True, check=True)
    page = _Page()
    page.feed(done.stdout.decode("utf-8"))
    page.close()
    return page


_MENTION = re.compile(r"@\w|#\d|GH-\d|https?://|www\.", re.IGNORECASE)


def _stays_text(text: str) -> None:
    page = _rendered(text)
    assert page.tags <= OWN_TAGS
    assert not _MENTION.search("".join(page.texts))
    assert len(text.encode("utf-16-le")) // 2 <= markdown.LIMIT


@needs_renderer
@settings(deadline=None)
@given(reviews())
def test_a_strangers_text_stays_text(given_review: tuple[Review, Material]) -> None:
    _stays_text(markdown.report(*given_review))


@needs_renderer
@settings(deadline=None)
@given(comparisons())
def test_a_strangers_change_stays_text(given_comparison: tuple[Comparison, Material]) -> None:
    _stays_text(markdown.report_changes(*given_comparison))


@needs_renderer
def test_the_renderer_would_show_what_got_through() -> None:
    page = _rendered("x <script>x</script> https://evil.example <!-- c --> @octocat")
    assert page.tags >= {"script", "a", "comment"}
    assert _MENTION.search("".join(page.texts))


@needs_renderer
@settings(deadline=None)
@given(hostile)
@example("`")
@example("a|b\\|c")
@example(" ` `` ")
def test_text_and_code_read_as_they_are(text: str) -> None:
    """Also in a table; but for spaces at the ends, and those without width that part references."""
    for marked in (plain(text), code(text)):
        for page in (_all_of(marked), _all_of(f"| a |\n|---|\n| {cell(marked)} |").removeprefix("a")):
            assert "".join(page.split()) == "".join(harmless(text).split())


def _all_of(text: str) -> str:
    assert RENDERER is not None
    command = [RENDERER, "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough"]
    done = subprocess.run(command, input=text.encode("utf-8"), capture_output=True, check=True)
    parser = _Everything()
    parser.feed(done.stdout.decode("utf-8"))
    parser.close()
    return "".join(parser.parts).replace("\u200b", "").strip()


class _Everything(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


@given(hostile, hostile)
def test_a_block_ends_where_it_ends(one: str, other: str) -> None:
    rows = block([one, other], "rust").split("\n")
    assert len(rows) == 4
    fence = rows[-1]
    assert rows[0] == f"{fence}rust"
    assert not any(row.strip().startswith(fence) for row in rows[1:-1])


def test_code_in_a_sentence_stays_code() -> None:
    assert sentence("`a*b*` became `x`y` in k_v") == "`a*b*` became `x`y\\` in k_v"
