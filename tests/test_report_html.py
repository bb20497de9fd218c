"""The HTML report: what a reader of the page finds, that a stranger's text stays text, that nothing is loaded."""

import hashlib
import re
from base64 import b64encode
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace
from reporting import FRAGMENTS, compared, comparisons, hostile, reviews, scanned, signed, spans
from syrupy.assertion import SnapshotAssertion

from ffireview.cli.root import root
from ffireview.model.agreement import Agreement, Difference, Grade, Kind
from ffireview.model.checklist import SHOWN, Asked, Bearing, Evidence, Question
from ffireview.model.comparison import Comparison
from ffireview.model.effects import Effect, EffectKind, Effects
from ffireview.model.facts import Entity, Role
from ffireview.model.ledger import Audited, AuditEntry, Hashes, State, Verdict
from ffireview.model.place import Span
from ffireview.model.program import Anchor, Area, Crossing, Direction, Orphan, Status, Use, Via
from ffireview.model.quote import Quote
from ffireview.model.review import Review
from ffireview.pipeline import windows
from ffireview.reporters import html
from ffireview.reporters.material import Material
from ffireview.reporters.page.asked import questions
from ffireview.reporters.page.code import documented, visible
from ffireview.reporters.page.folding import fold
from ffireview.reporters.page.highlight import highlight
from ffireview.reporters.page.picture import LIMIT, Meeting, picture
from ffireview.reporters.results import needs_eyes, title
from ffireview.sources.fragments import parse_fragment

_VOID = {"meta", "input", "br"}
_ELEMENTS = """
html head meta title style script body a header main section nav footer h1 h2 h3 p ul ol li dl dt dd table caption thead
tbody tr th td details summary div span code pre b i em kbd form label input select option button output svg g text
tspan path rect br small
"""
_ATTRIBUTES = """
lang charset http-equiv content name class id href hidden type value placeholder autocomplete checked role aria-label
aria-labelledby aria-hidden tabindex scope viewbox preserveaspectratio x y width height d stroke-width transform
text-anchor data-n data-risk data-band data-kind data-area data-path data-line data-findings data-across data-change
data-component data-unsettled
"""
_KNOWN = frozenset(_ELEMENTS.split())
_KNOWN_ATTRIBUTES = frozenset(_ATTRIBUTES.split())


class Page(HTMLParser):
    """A page as a parser sees it: tags that are open, ids, links, and the text outside of style and script."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.rows: list[tuple[str, dict[str, str]]] = []
        self.ids: Counter[str] = Counter()
        self.texts: list[str] = []
        self.raw: dict[str, list[str]] = {"style": [], "script": []}
        self.lines: list[str] = [""]
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        assert tag in _KNOWN, tag
        assert set(held) <= _KNOWN_ATTRIBUTES, (tag, held)
        self.rows.append((tag, held))
        if "id" in held:
            self.ids[held["id"]] += 1
        if tag in _CELLS:
            self.lines[-1] += " "
        if tag in _BLOCKS:
            self.lines.append(f"{tag}: " if tag in _NAMED else "")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("rect", "path")
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.raw:
            self.raw[self.open[-1]].append(data)
            return
        self.texts.append(data)
        self.lines[-1] += data.replace("\n", " ")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @property
    def outline(self) -> str:
        """One block a line, in the order of the page: what a reader without style sees."""
        return "\n".join(line for row in self.lines if (line := re.sub(r"\s+", " ", row).strip()).strip(": "))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [held for name, held in self.rows if name == tag]


_CELLS = {"br", "td", "th", "dd", "option", "a", "kbd", "title"}
_NAMED = {"h1", "h2", "h3", "summary"}
_BLOCKS = {*_NAMED, "p", "li", "tr", "pre", "dt", "caption", "text", "form", "label", "details", "output", "thead"}


@cache
def sample() -> tuple[Review, Material]:
    review, material = scanned()
    snapshot = parse_fragment((FRAGMENTS / "store.frag").read_text(encoding="utf-8")).snapshot
    return review, replace(material, about="store", windows=windows(snapshot, html.windows(review, material)))


@cache
def sample_page() -> Page:
    return Page(html.report(*sample()))


def test_the_page_of_a_scan_reads_from_top_to_bottom(snapshot: SnapshotAssertion) -> None:
    assert sample_page().outline == snapshot


def test_the_page_of_a_change_reads_from_top_to_bottom(snapshot: SnapshotAssertion) -> None:
    comparison, material = compared()
    assert Page(html.report_changes(comparison, replace(material, about="store"))).outline == snapshot


def test_every_site_shows_its_code_and_reasons_and_the_other_side_without_a_script() -> None:
    review, _ = sample()
    page = sample_page()
    for site in review.program.sites:
        assert page.ids[f"s-{site.id}"] == 1
    for score in review.scores:
        for part in score.contributions:
            assert part.reason.replace("`", "") in page.text
    crossing = next(crossing for crossing in review.program.crossings if crossing.foreign)
    assert crossing.foreign[0].text in page.text
    assert [form for form in page.of("form") if "hidden" not in form] == []
    assert [tag for tag, held in page.rows if tag == "details" and "open" in held] == []


def test_every_link_leads_to_a_place_of_the_page() -> None:
    for source in (html.report(*sample()), html.report_changes(*compared())):
        page = Page(source)
        links = [held["href"] for held in page.of("a")]
        assert links
        assert [link for link in links if not link.startswith("#") or page.ids[link[1:]] != 1] == []
        assert max(page.ids.values()) == 1


def test_the_policy_names_the_one_style_and_the_one_script_and_nothing_else() -> None:
    page = sample_page()
    (policy,) = [held["content"] for held in page.of("meta") if held.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.pop("default-src") == "'none'"
    for name in ("style", "script"):
        (content,) = page.raw[name]
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules.pop(f"{name}-src") == f"'sha256-{digest}'"
    assert rules == {
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    order = [tag for tag, held in page.rows if tag in ("style", "script") or "http-equiv" in held]
    assert order == ["meta", "style", "script"]


def test_the_same_review_gives_the_same_bytes() -> None:
    review, material = sample()
    shuffled = replace(
        material,
        windows=dict(reversed(list(material.windows.items()))),
        quotes=dict(reversed(list(material.quotes.items()))),
    )
    assert html.report(review, material) == html.report(review, shuffled)


def test_only_sites_of_the_areas_asked_for_are_shown() -> None:
    review, material = sample()
    page = Page(html.report(review, replace(material, areas=(Area.TEST,))))
    assert not any(name.startswith("s-") for name in page.ids)


def test_a_page_that_would_be_too_long_keeps_the_riskiest_and_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    review, material = sample()
    whole = html.report(review, material)
    order = [score.site for score in sorted(review.scores, key=lambda score: -score.value)]
    empty = len(html.report(replace(review, program=replace(review.program, sites=()), scores=()), material))

    monkeypatch.setattr(html, "LIMIT", (len(whole) + empty) // 2)
    page, text = Page(html.report(review, material)), html.report(review, material)
    assert len(text.encode()) <= html.LIMIT
    coded = [held["id"] for tag, held in page.rows if tag == "div" and "id" in held]
    assert 0 < len(coded) < len(order)
    assert f"s-{order[0]}" in coded
    assert f"the {len(coded)} riskiest" in page.text
    assert all(page.ids[f"s-{site}"] == 1 for site in order)

    monkeypatch.setattr(html, "LIMIT", empty + 2_000)
    page = Page(html.report(review, material))
    assert "are not listed at all" in page.text


def test_code_that_cannot_be_read_is_told() -> None:
    review, material = sample()
    page = Page(html.report(review, replace(material, windows={}, quotes={})))
    assert page.text.count("The lines could not be read.") == len(review.program.sites)


def test_a_declaration_comes_with_the_comment_right_above_it() -> None:
    rows = ("int other;", "/* Frees it,", " * once. */", "int close(int);")
    found = documented(Span("a.h", 14, 1, 14, 9), Quote(11, rows))
    assert found is not None
    assert Markup(found.lines).striptags() == "/* Frees it, * once. */ int close(int);"
    assert re.findall(r"data-n=(\d+)", found.lines) == ["12", "13", "14"]
    bare = documented(Span("a.h", 12, 1, 12, 9), Quote(11, ("int other;", "int close(int);")))
    assert bare is not None
    assert Markup(bare.lines).striptags() == "int close(int);"


def test_scan_writes_the_page_with_the_code_of_both_sides(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    folder = Path(__file__).parent.parent / "samples" / "kvstore"
    done = CliRunner().invoke(root, ["scan", str(folder), "--no-config", "-j", "1", "-f", f"html:{out}"])
    assert done.exit_code == 0, done.output
    page = Page(out.read_text(encoding="utf-8"))
    assert "kvstore" in page.outline.splitlines()[0]
    assert "int kv_compact(kv_store *store, unsigned int flags)" in page.text
    assert "check(unsafe { sys::kv_compact(self.raw.as_ptr()) })" in page.text
    assert "Who owns each argument and the result afterwards" in page.text


# Checklists and what people signed


def _card(source: str, site: str) -> str:
    """An entry of a page as it is written."""
    start = source.index(f'<div class="card" id="s-{site}">')
    return source[start : source.find("<li data-risk", start)]


def test_every_site_is_asked_about_with_an_empty_box_for_each_question() -> None:
    review, material = sample()
    source = html.report(review, material)
    for site in review.program.sites:
        asked, card = material.questions[site.id], _card(source, site.id)
        assert asked
        assert card.count('<li><label><input type="checkbox">') == len(asked)
        assert re.findall(r"</label> <small>([^<]+)</small>", card) == [one.question.id for one in asked]
        shown, _, folded = card.partition(f"{len(asked) - SHOWN} more question")
        assert (shown.count("</label>"), folded.count("</label>")) == (
            min(len(asked), SHOWN),
            max(len(asked) - SHOWN, 0),
        )


def test_what_was_found_is_marked_as_such_and_a_finding_above_is_not_told_twice() -> None:
    review, _ = sample()
    place, elsewhere = Span("src/lib.rs", 5, 1, 5, 2), Span("c/store.c", 7, 1, 7, 2)
    finding = next(found for found in review.findings if not found.suppressed)
    evidence = (
        Evidence(Bearing.FINDING, finding.rule, finding.message, finding.span),
        Evidence(Bearing.FINDING, finding.rule, "another flaw", elsewhere),
        Evidence(Bearing.MISSING, "null-test", "no test of `p`", place),
        Evidence(Bearing.FOUND, "operations", "operations: raw-deref", place),
        Evidence(Bearing.FOUND, "c-frees", "C frees it", None),
        Evidence(Bearing.FOUND, "c-frees", "and frees it again", None),
        Evidence(Bearing.FOUND, "c-frees", "and once more", None),
    )
    asked = (Asked(Question("raw-deref.null", "?", 9), (), evidence), Asked(Question("b", "?", 9), (), evidence[:3]))
    made = questions(asked, place, [finding], ())
    row, other = made.shown
    assert (row.see, other.see, other.found) == ((), ("raw-deref.null",), ())
    assert [tuple(one) for one in row.found] == [
        ("found, a flaw", True, f"`{finding.rule}`, told above", ""),
        ("found, a flaw", True, "another flaw", "c/store.c:7"),
        ("not found", False, "no test of `p`", "line 5"),
        ("found", False, "C frees it", ""),
    ]
    assert row.more == 2
    assert made.told == "2 questions, for 2 of them something was found"


def test_who_signed_a_site_is_told_with_the_answers() -> None:
    review, material = sample()
    first, second, *_ = [score.site for score in sorted(review.scores, key=lambda score: -score.value)]
    name = material.questions[first][0].question.id
    entry = AuditEntry(
        site=first, kind="unsafe-block", path="src/lib.rs", owner="", name="", operations=(), verdict=Verdict.SOUND,
        by="Jane D <jane@example.org>", at="2026-11-21", tool="ffireview 1", hashes=Hashes("", "", "", "", ""),
        answers={name: "ok: see the header"}, conditions=("one thread",),
    )  # fmt: skip
    unsound = replace(entry, site=second, verdict=Verdict.UNSOUND, answers={}, conditions=())
    stale = replace(unsound, by="Joe E <joe@example.org>", verdict=Verdict.SOUND)
    audits = (
        Audited("a.toml", entry, (State.VALID,), first, None, 1),
        Audited("b.toml", unsound, (State.VALID,), second, None, 1),
        Audited("c.toml", stale, (State.STALE_PEER,), second, None, 1),
    )
    source = html.report(replace(review, audits=audits), material)
    page = Page(source).outline
    assert "settled by 1" in page
    assert "called unsound" in page
    assert "Audits: 1 site settled, 1 of 3 entries count no more" in page
    assert "sound, Jane D, 2026-11-21 condition: one thread file: a.toml" in page
    assert "answered: ok: see the header (Jane D, 2026-11-21)" in page
    assert "sound, Joe E, 2026-11-21 stale-peer: counts no more" in page
    assert "example.org" not in source
    assert [held["data-unsettled"] for held in Page(source).of("li") if "data-unsettled" in held] == ["0"]
    assert "not settled" in page


def test_checklists_of_the_least_risky_go_before_their_code(monkeypatch: pytest.MonkeyPatch) -> None:
    review, material = sample()
    whole = html.report(review, material)
    monkeypatch.setattr(html, "LIMIT", len(whole.encode()) - 1)
    monkeypatch.setattr(html, "ASKED", 20_000)
    source = html.report(review, material)
    asked = [site.id for site in review.program.sites if "<h3>Checklist" in _card(source, site.id)]
    risks = {score.site: score.value for score in review.scores}
    assert 0 < len(asked) < len(risks)
    assert min(risks[site] for site in asked) >= max(risk for site, risk in risks.items() if site not in asked)
    page = Page(source)
    assert all(page.ids[f"s-{site}"] == 1 for site in risks)
    assert f"the {len(asked)} riskiest of {len(risks)} have a checklist" in page.text


# A stranger's text


@st.composite
def crossings(draw: st.DrawFn, symbol: str) -> Crossing:
    def anchor(language: str, role: Role) -> Anchor:
        return Anchor(
            draw(spans()), language, role, Entity.FUNCTION, draw(hostile), "C", draw(hostile), None, (draw(hostile),),
            "", False, draw(hostile),
        )  # fmt: skip

    there = anchor("c", Role.DEFINITION)
    effect = Effect(
        kind=EffectKind.MAY_CALL_BACK, span=draw(spans()), detail=draw(hostile), name=draw(hostile), argument=-1,
        others=(), tested=False, cfg=(), via=(draw(hostile),),
    )  # fmt: skip
    difference = Difference(draw(hostile), Kind.WIDTH, Grade.BREAKS, draw(hostile), draw(hostile), draw(hostile), ())
    return Crossing(
        symbol=symbol,
        direction=draw(st.sampled_from(list(Direction))),
        via=Via.EXTERN,
        status=draw(st.sampled_from(list(Status))),
        rust=(anchor("rust", Role.IMPORT),),
        foreign=(there,),
        uses=(Use(draw(spans()), draw(st.sampled_from(["c", "rust"])), "call", draw(hostile), "", "", False),),
        evidence=(),
        area=Area.LIBRARY,
        agreements=(Agreement(there.span, there.span, Grade.BREAKS, (difference,), ()),),
        effects=(Effects(draw(hostile), there.span, (), (), (effect,)),),
    )


@st.composite
def hostile_reviews(draw: st.DrawFn) -> tuple[Review, Material]:
    """A review with both sides, in which every text is a stranger's."""
    review, material = draw(reviews())
    symbols = sorted({symbol for site in review.program.sites for symbol in site.crossings})
    program = replace(
        review.program,
        crossings=tuple(draw(crossings(symbol)) for symbol in symbols),
        orphans=(Orphan(draw(hostile), draw(spans()), draw(hostile)),),
    )
    review = replace(review, program=program)
    rows = tuple(draw(hostile).encode("utf-8", "replace").decode("utf-8").split("\n"))
    held = {span: Quote(span.line, rows) for span in html.windows(review, material)}
    questions, entries = draw(signed([site.id for site in program.sites]))
    material = replace(material, about=draw(hostile), windows=held, questions=questions)
    return replace(review, audits=entries), material


@st.composite
def hostile_comparisons(draw: st.DrawFn) -> tuple[Comparison, Material]:
    """A comparison with questions about its sites and with what people signed of them."""
    comparison, material = draw(comparisons())
    questions, entries = draw(signed([entry.after.id for entry in comparison.entries if entry.after is not None]))
    return replace(comparison, audits=entries), replace(material, questions=questions)


def _safe(source: str) -> Page:
    """What no text may change: one style, one script, no link out, nothing invisible."""
    page = Page(source)
    assert [len(page.raw[name]) for name in ("style", "script")] == [1, 1]
    assert page.raw["script"] == sample_page().raw["script"]
    assert [held for held in page.of("a") if not held["href"].startswith("#")] == []
    assert [line for line in source.splitlines() if visible(line) != line] == []
    assert source.split("\n")[:-1] == source.splitlines()
    return page


@settings(deadline=None)
@given(hostile_reviews())
def test_text_of_a_stranger_stays_text_in_a_scan(given: tuple[Review, Material]) -> None:
    review, material = given
    page = _safe(html.report(review, material))
    for finding in review.findings:
        assert visible(finding.message).replace("`", "") in page.text.replace("`", "")
        assert visible(str(finding.span)) in page.text
    for site in review.program.sites:
        assert visible(title(site)) in page.text
        assert visible(site.reach) in page.text
    for crossing in review.program.crossings:
        for anchor in (*crossing.rust, *crossing.foreign):
            assert visible(str(anchor.span)) in page.text
    _asks_and_tells(page, {site.id for site in review.program.sites}, material, review.audits)


@settings(deadline=None)
@given(hostile_comparisons())
def test_text_of_a_stranger_stays_text_in_a_diff(given: tuple[Comparison, Material]) -> None:
    comparison, material = given
    page = _safe(html.report_changes(comparison, material))
    assert visible(comparison.before) in page.text
    for entry in filter(needs_eyes, comparison.entries):
        assert visible(str(entry.site.span)) in page.text
        for cause in entry.causes:
            assert visible(cause.text).replace("`", "") in page.text.replace("`", "")
    listed = {entry.after.id for entry in comparison.entries if entry.after is not None and needs_eyes(entry)}
    _asks_and_tells(page, listed, material, comparison.audits)


def _asks_and_tells(page: Page, sites: set[str], material: Material, entries: tuple[Audited, ...]) -> None:
    """Every question, what was found for it, and what people signed, stands there as text."""
    text = page.text.replace("`", "")
    for one in (one for site in sites for one in material.questions[site]):
        for told in (one.question.text, one.question.id, *(found.text for found in one.evidence)):
            assert visible(told).replace("`", "") in text
    for entry in (one.entry for one in entries if one.site in sites):
        for told in (entry.at, *entry.conditions, *entry.evidence, *entry.answers.values()):
            assert visible(told).replace("`", "") in text


# The parts


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("let x = 1; // unsafe", [("let", "k"), ("1", "n"), ("// unsafe", "c")]),
        ("unsafe { *p }", [("unsafe", "u")]),
        ('r#"a "unsafe" b"# unsafe', [('r#"a "unsafe" b"#', "s"), ("unsafe", "u")]),
        (r'"a \" unsafe" fn', [(r'"a \" unsafe"', "s"), ("fn", "k")]),
        ("fn f<'a>(x: &'a u8, c: char) { '\"' }", [("fn", "k"), ("'\"'", "s")]),
        ('b"x" /* unsafe */ unsafe', [('b"x"', "s"), ("/* unsafe */", "c"), ("unsafe", "u")]),
    ],
)
def test_tokens_of_rust(source: str, told: list[tuple[str, str]]) -> None:
    (tokens,) = highlight([source], rust=True)
    assert [tuple(token) for token in tokens if token.kind] == told


def test_comments_and_strings_go_on_over_lines() -> None:
    rows = ["int a; /* one", "int two", "three */ int b;"]
    kinds = [[tuple(token) for token in row if token.kind] for row in highlight(rows, rust=False)]
    assert kinds == [[("int", "k"), ("/* one", "c")], [("int two", "c")], [("three */", "c"), ("int", "k")]]
    rows = [" * for", " *", " * and more */", "for (;;) */"]
    kinds = [[tuple(token) for token in row if token.kind] for row in highlight(rows, rust=False)]
    assert kinds == [[(" * for", "c")], [(" *", "c")], [(" * and more */", "c")], [("for", "k")]]
    rows = ['let s = "one', "fn", 'two"; fn']
    kinds = [[tuple(token) for token in row if token.kind] for row in highlight(rows, rust=True)]
    assert kinds == [[("let", "k"), ('"one', "s")], [("fn", "s")], [('two"', "s"), ("fn", "k")]]


@given(st.lists(hostile.map(lambda text: text.replace("\n", " "))), st.booleans())
def test_tokens_joined_are_the_lines(rows: list[str], rust: bool) -> None:
    assert ["".join(token.text for token in row) for row in highlight(rows, rust)] == rows


def test_folders_are_opened_where_most_is() -> None:
    weights = {f"kernel/{name}.rs": 10 for name in "abc"} | {f"drivers/net/{name}.rs": 1 for name in "defgh"}
    assert set(fold(weights, 5).values()) == {"kernel/a.rs", "kernel/b.rs", "kernel/c.rs", "drivers/net/"}
    assert set(fold(weights, 2).values()) == {"kernel/", "drivers/net/"}


def test_of_a_folder_that_holds_too_much_the_heaviest_are_named() -> None:
    weights = {f"rust/{at:02}.rs": at for at in range(30)} | {"mm/a.rs": 1}
    assert set(fold(weights, 5).values()) == {"rust/29.rs", "rust/28.rs", "rust/27.rs", "rust/…", "mm/a.rs"}
    assert set(fold({f"{at:02}.rs": at for at in range(30)}, 3).values()) == {"29.rs", "28.rs", "…"}


_paths = st.lists(st.sampled_from(["a", "b", "c", "", "..", "x.rs"]), min_size=1, max_size=5).map("/".join)


@given(st.dictionaries(st.one_of(_paths, hostile), st.integers(0, 9)), st.integers(1, 6))
def test_every_path_falls_into_one_of_a_few_groups(weights: dict[str, int], limit: int) -> None:
    groups = fold(weights, limit)
    assert set(groups) == set(weights)
    assert len(set(groups.values())) <= limit
    assert all(path.startswith(group.removesuffix("…")) or group == "/" for path, group in groups.items())


@given(
    st.lists(st.builds(Meeting, st.one_of(_paths, hostile), st.one_of(_paths, st.just("<missing>")), hostile,
                       st.booleans(), st.booleans()), max_size=60)
)  # fmt: skip
def test_a_picture_holds_every_meeting_in_a_few_boxes(meetings: list[Meeting]) -> None:
    made = picture(meetings)
    assert max(len(made.left), len(made.right)) <= LIMIT
    assert all(0 < box.y < made.height for box in (*made.left, *made.right))
    assert {name for curve in (*made.curves, *made.others) for name in curve.names} <= {row.name for row in meetings}
    assert not any(curve.faulty for curve in made.others)
    assert bool(made.curves) == bool(meetings)
    assert any(curve.faulty for curve in made.curves) == any(row.faulty for row in meetings)


def test_what_both_sides_declare_differently_is_drawn_above_the_rest() -> None:
    rows = [Meeting("a.rs", "a.c", name, False, faulty=name == "x") for name in "xyz"]
    made = picture([*rows, Meeting("b.rs", "a.c", "w", True, False), Meeting("b.rs", "<missing>", "v", False, False)])
    assert [(curve.here, curve.there, curve.names) for curve in made.curves] == [
        ("a.rs", "a.c", ("y", "z")),
        ("b.rs", "missing", ("v",)),
        ("b.rs", "a.c", ("w",)),
        ("a.rs", "a.c", ("x",)),
    ]
    assert [curve.faulty for curve in made.curves] == [False, False, False, True]
    assert [curve.faulty for curve in made.rows] == [True, False, False, False]
    assert [box.label for box in made.right] == ["a.c", "missing"]


def test_of_many_curves_the_widest_are_drawn_and_all_are_told() -> None:
    rows = [Meeting(f"{a}.rs", f"{b}.c", f"{a}{b}", False, faulty=a == b == 0) for a in range(16) for b in range(16)]
    made = picture([*rows, Meeting("9.rs", "9.c", "more", False, False)])
    assert len(made.rows) == len(rows)
    assert len(made.curves) < len(made.others)
    assert made.curves[-1].faulty
    assert made.curves[0].names == ("99", "more")
