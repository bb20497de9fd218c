"""Checklists: which questions a site gets, what is filled in, and that nobody is answered for."""

import json
import re
import tomllib
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from repositories import Repo
from syrupy.assertion import SnapshotAssertion
from test_cli import CLEAN, USAGE, ffireview

from ffireview.audit import catalogue, checklist
from ffireview.audit.catalogue import C_SIDE
from ffireview.audit.checklist import Wanted
from ffireview.audit.evidence import CONDITIONS, FACTS
from ffireview.model.checklist import SHOWN, Asked, Bearing, Checklist, Evidence, Peer, Side
from ffireview.model.facts import SiteKind
from ffireview.model.place import Span
from ffireview.model.quote import Quote
from ffireview.model.suppression import SUPPRESSIONS
from ffireview.pipeline import review
from ffireview.reporters.checklist import html, markdown, toml
from ffireview.reporters.json import render_checklist, schemas
from ffireview.rules import catalogue as rules
from ffireview.sources.fragments import parse_fragment
from ffireview.syntax.queries import query_files

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
OPERATIONS = {path.stem for path in query_files("rust", "operations")} | {"ffi-call", "unsafe-call"}
KINDS = {kind.value for kind in SiteKind}
TAGS = {
    "Align", "Alias", "Alive", "Allocated", "Deref", "InBound", "Init", "Layout", "NonNull", "NonOverlap",
    "NonVolatile", "NoPadding", "Opened", "Owning", "NonOwned", "Pinned", "Ptr2Ref", "Size", "Trait", "Typed",
    "Unreachable", "Unwrap", "ValidCStr", "ValidNum", "ValidPtr", "ValidString",
}  # fmt: skip
ANSSI = {
    "FFI-CTYPE", "FFI-TCONS", "FFI-PFTYPE", "FFI-SAFEWRAPPING", "FFI-CKNONROBUST", "FFI-CK-PTR-VALID",
    "FFI-CK-INPUT-REF-VALID", "FFI-CKFUNPTR", "FFI-MARKEDFUNPTR", "FFI-NOENUM", "FFI-NOPANIC", "FFI-MEM-OWNER",
    "FFI-MEM-WRAPPING", "FFI-MEM-NODROP", "FFI-CAPI", "FFI-AUTOMATE", "FFI-R-OPAQUE", "FFI-C-OPAQUE", "UNSAFE-NOUB",
    "LANG-UNSAFE", "LANG-UNSAFE-ENCP", "MEM-FORGET", "MEM-INTOFROMRAWALWAYS", "MEM-INTOFROMRAWONLY",
}  # fmt: skip


@cache
def sheets(text: str) -> Checklist:
    snapshot = parse_fragment(text).snapshot
    return checklist(review(snapshot), snapshot, "fragment", Wanted(top=1000))


@cache
def store() -> Checklist:
    return sheets((HERE / "checklists" / "store.frag").read_text(encoding="utf-8"))


# ---- the questions


def test_every_operation_and_every_kind_of_site_has_questions() -> None:
    known = catalogue()
    for name in sorted(OPERATIONS | KINDS | {C_SIDE}):
        assert name in known.topics, f"no questions/{name}.toml"
        assert known.topics[name].questions, name


def test_no_question_is_orphaned() -> None:
    known = catalogue()
    asked = {name for topic in OPERATIONS | KINDS | {C_SIDE} for name in known.topics[topic].questions}
    assert asked == set(known.questions)


def test_no_file_is_of_nothing() -> None:
    assert set(catalogue().topics) - OPERATIONS - KINDS == {C_SIDE, "common"}


def test_questions_name_what_exists() -> None:
    known, names = catalogue(), {flaw.rule.id for flaw in rules()}
    for question in known.questions.values():
        assert set(question.facts) <= set(FACTS), question.id
        assert set(question.rules) <= names, question.id
        assert set(question.tags) <= TAGS, question.id
        assert set(question.anssi) <= ANSSI, question.id
        assert set(question.covered_by) <= set(known.questions) - {question.id}, question.id
        assert question.when in {"", *CONDITIONS}, question.id
        assert 1 <= question.weight <= 9, question.id
        assert question.text.count("?"), question.id


def test_every_fact_condition_and_rule_is_used() -> None:
    questions = catalogue().questions.values()
    assert {fact for question in questions for fact in question.facts} == set(FACTS)
    assert {question.when for question in questions} == {"", *CONDITIONS}
    about_code = {flaw.rule.id for flaw in rules() if flaw.rule.group != SUPPRESSIONS}
    assert {name for question in questions for name in question.rules} == about_code


# ---- which of them are asked, and in which order


def test_a_site_gets_the_questions_of_what_it_does_only() -> None:
    sheet = next(s for s in store().sheets if "name" in s.site.owner and s.site.operations[0].id == "cstr-from-ptr")
    about = {asked.question.id.partition(".")[0] for asked in sheet.questions}
    assert about == {"cstr-from-ptr", "common"}


@pytest.mark.parametrize("sample", ["kvstore", "kdriver", "blobkit", "cxxbridge"])
def test_seven_questions_are_on_the_screen(sample: str) -> None:
    from ffireview.sources import open_folder

    snapshot = open_folder(str(SAMPLES / sample))
    found = checklist(review(snapshot), snapshot, sample, Wanted(top=1000))
    assert found.left == 0
    assert all(sheet.questions and sheet.shown == min(SHOWN, len(sheet.questions)) for sheet in found.sheets)
    assert all(len({a.question.id for a in sheet.questions}) == len(sheet.questions) for sheet in found.sheets)
    risks = [sheet.score.value for sheet in found.sheets]
    assert risks == sorted(risks, reverse=True)


def test_a_question_with_a_flaw_comes_first() -> None:
    for sheet in store().sheets:
        faulty = [any(e.bearing is Bearing.FINDING for e in asked.evidence) for asked in sheet.questions]
        assert faulty == sorted(faulty, reverse=True)
    put = next(s for s in store().sheets if s.site.owner.endswith("put"))
    assert put.questions[0].question.id == "foreign-fn.declaration"


def test_of_a_call_without_numbers_no_length_is_asked() -> None:
    asked = {a.question.id for s in store().sheets if s.site.owner.endswith("watch") for a in s.questions}
    assert "ffi-call.kept" in asked
    assert not asked & {"ffi-call.lengths", "ffi-call.failure", "ffi-call.result-lifetime"}


# ---- what is filled in

HEAD = 'extern "C" { fn shop_get(p: *mut i8) -> *mut i8; fn shop_put(p: *const i8, n: i32) -> i32; }\n'
C = "-- c/x.c --\nvoid *malloc(unsigned long);\nstatic char *kept;\n"


def found(code: str, question: str) -> list[str]:
    """What is said to each question of an id, at all sites."""
    rows = [a for sheet in sheets(code).sheets for a in sheet.questions if a.question.id == question]
    assert rows, f"{question} is not asked"
    return [f"{e.bearing}: {e.text}" for asked in rows for e in asked.evidence]


SITUATIONS = {
    "a test that always stands before": (
        "pub unsafe fn f(p: *const u8) -> u8 { if p.is_null() { return 0; } unsafe { *p } }",
        "raw-deref.null",
        ["found: `p`: `p.is_null()` stands before", "found: `p` is the parameter `p`"],
    ),
    "a test that debug builds alone have": (
        "pub unsafe fn f(p: *const u8) -> u8 { debug_assert!(!p.is_null()); unsafe { *p } }",
        "raw-deref.null",
        ["found: `p`: `p.is_null()` stands before, in debug builds only", "found: `p` is the parameter `p`"],
    ),
    "a test of another pointer": (
        "pub unsafe fn f(p: *const u8, q: *const u8) -> u8 { if q.is_null() { return 0; } unsafe { *p } }",
        "raw-deref.null",
        ["missing: no test of `p` for null before it", "found: `p` is the parameter `p`"],
    ),
    "what a foreign function returned": (
        HEAD + "pub fn f(p: *mut i8) -> i8 { unsafe { let q = shop_get(p); *q } }",
        "raw-deref.provenance",
        ["found: `q` is what `shop_get` returned"],
    ),
    "an address of a reference is no question of null": (
        HEAD + "pub fn f(s: &std::ffi::CStr) -> i32 { unsafe { shop_put(s.as_ptr(), 1) } }",
        "ffi-call.null-arguments",
        [],
    ),
    "a bound": (
        "pub fn f(v: &[u8], i: usize) -> u8 { if i >= v.len() { return 0; } unsafe { *v.get_unchecked(i) } }",
        "get-unchecked.bound",
        ["found: `i`: `i >= v.len()` bounds it", "found: tested before: `i >= v.len()`",
         "found: `v` is the parameter `v`", "found: `i` is the parameter `i`"],
    ),
    "no bound": (
        "pub unsafe fn f(v: &[u8], i: usize) -> u8 { unsafe { *v.get_unchecked(i) } }",
        "get-unchecked.refactoring",
        [],
    ),
    "a way out after ownership is given up": (
        ("pub fn f(b: Box<u8>) -> Result<(), ()> { let p = Box::into_raw(b); g()?; unsafe { h(p) }; Ok(()) }\n"
        "unsafe fn h(p: *mut u8) { drop(unsafe { Box::from_raw(p) }); }\nfn g() -> Result<(), ()> { Ok(()) }"),
        "from-raw.made-by",
        ["found: `Box::into_raw` in `f`", "found: `p` is the parameter `p`"],
    ),
    "an owner that nothing in the file gave up": (
        "pub unsafe fn f(p: *mut u8) { drop(unsafe { Box::from_raw(p) }); }",
        "from-raw.made-by",
        ["missing: no `into_raw` in this file", "found: `p` is the parameter `p`"],
    ),
    "a result that is dropped": (
        HEAD + "pub fn f() { unsafe { shop_put(std::ptr::null(), 1); } }",
        "ffi-call.failure",
        ["missing: the result of `shop_put` is dropped"],
    ),
    "a result that is compared": (
        HEAD + "pub fn f() -> bool { unsafe { shop_put(std::ptr::null(), 1) < 0 } }",
        "ffi-call.failure",
        ["found: the result of `shop_put` is compared or computed with: `shop_put(std::ptr::null(), 1) < 0`"],
    ),
    "what C keeps": (
        "-- src/lib.rs --\n" + HEAD + "pub fn f(p: *const i8) { unsafe { shop_put(p, 1); } }\n"
        + C + "int shop_put(const char *p, int n) { kept = p; return n; }",
        "ffi-call.kept",
        ["found: `shop_put` keeps argument 1"],
    ),
    "what C frees": (
        "-- src/lib.rs --\n" + HEAD + "pub fn f(p: *const i8) { unsafe { shop_put(p, 1); } }\n"
        + C + "void free(void *);\nint shop_put(char *p, int n) { free(p); return n; }",
        "ffi-call.ownership",
        ["found: `shop_put` frees argument 1"],
    ),
    "declarations that agree": (
        "-- src/lib.rs --\n" + HEAD + "pub fn f(p: *const i8) { unsafe { shop_put(p, 1); } }\n"
        + C + "int shop_put(const signed char *p, int n) { return n; }",
        "ffi-call.failure",
        ["missing: the result of `shop_put` is dropped"],
    ),
    "no C side": (
        HEAD + "pub fn f(p: *const i8) { unsafe { shop_put(p, 1); } }",
        "foreign-fn.declaration",
        [f"missing: no other side of `shop_{name}` in this tree" for name in ("put", "get", "put")],
    ),
    "a callback that may panic": (
        ('pub extern "C" fn seen(n: *mut u8) { let v: Option<u8> = None; v.unwrap(); }\n'
        'extern "C" { fn watch(f: extern "C" fn(*mut u8)); }\npub fn f() { unsafe { watch(seen) } }'),
        "callback.panic",
        ["found: `v.unwrap()` may panic into C", "found: may panic: `v.unwrap()`",
         "missing: no `catch_unwind` in `seen`"],
    ),
    "a promise for every type": (
        "pub struct Q<T> { head: *mut T }\nunsafe impl<T> Send for Q<T> {}",
        "send-sync-impl.bounds",
        ["finding: Send holds for every `T`, also for one that no thread may share", "missing: no bound of `T`",
         "found: `Q` holds `head: *mut T`"],
    ),
    "a SAFETY text": (
        "pub fn f(p: *const u8) -> u8 {\n    // SAFETY: the caller's.\n    unsafe { *p }\n}",
        "common.facts",
        ["found: the text: SAFETY: the caller's.", "found: operations: raw-deref"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_is_found(name: str) -> None:
    code, question, expected = SITUATIONS[name]
    assert found(code, question) == expected


def test_evidence_is_no_answer() -> None:
    file = tomllib.loads(toml.render(store()))
    assert len(file["site"]) == len(store().sheets)
    for site in file["site"]:
        assert site["verdict"] == ""
        assert site["answers"]
        assert set(site["answers"].values()) == {""}
    text = html.render(store())
    assert not {"checked", "selected"} & _structure(text)
    assert "[x]" not in markdown.render(store())


# ---- the formats


def test_as_markdown(snapshot: SnapshotAssertion) -> None:
    assert markdown.render(_first(store(), 4)) == snapshot


def test_as_toml(snapshot: SnapshotAssertion) -> None:
    assert toml.render(_first(store(), 3)) == snapshot


def test_as_html(snapshot: SnapshotAssertion) -> None:
    assert html.render(_first(store(), 1)) == snapshot


def test_as_json() -> None:
    Draft202012Validator(schemas()["checklist.schema.json"]).validate(json.loads(render_checklist(store())))


def _first(found: Checklist, count: int) -> Checklist:
    return replace(found, sheets=found.sheets[:count], left=len(found.sheets) - count)


ATTACKS = (
    "`", "```", "</script>", "<script>x</script>", "<img src=x onerror=y>", "-->", "@octocat", "#12", "[click](1)", "|",
    "https://evil.example/x", "\x1b[31mred", "\u202ereversed", "\x00", "\r", "\n", "\r\n", "\u2028", "\n# heading",
    "\n[[site]]\nverdict = \"sound\"\n", '"', "'", "\\", '"""', "&amp;",
    "</details>", "\n- [x] done", "\udcff", "é", "𐐀",
)  # fmt: skip
hostile = st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=3)), min_size=1, max_size=5).map("".join)


@st.composite
def attacked(draw: st.DrawFn) -> Checklist:
    """The sheets of a fragment in which every text of the tree is a stranger's."""
    span = Span(draw(hostile), 1, 1, 1, 2)
    side = Side("c", draw(hostile), span)
    evidence = (Evidence(draw(st.sampled_from(list(Bearing))), "origin", draw(hostile), span),)
    made = []
    for sheet in store().sheets[:2]:
        asked = tuple(Asked(a.question, a.topics, evidence) for a in sheet.questions)
        site = replace(sheet.site, name=draw(hostile), owner=draw(hostile), span=span)
        peers = (Peer(draw(hostile), (side,), (side,), evidence), Peer(draw(hostile), (), ()))
        code = Quote(1, tuple(draw(hostile).split("\n")))
        made.append(replace(sheet, site=site, code=code, peers=peers, questions=asked))
    return Checklist(draw(hostile), tuple(made), 0)


class _Tags(HTMLParser):
    """Which elements and attributes a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.balance: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}
        if tag not in ("meta", "input"):
            self.balance.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.balance.pop() == tag


def _structure(page: str) -> set[str]:
    parser = _Tags()
    parser.feed(page)
    parser.close()
    assert parser.balance == []
    return parser.seen


@given(attacked())
def test_a_strangers_text_is_no_html(found: Checklist) -> None:
    assert _structure(html.render(found)) <= _structure(html.render(store())) | {"details", "summary"}


@given(attacked())
def test_a_strangers_text_is_no_toml(found: Checklist) -> None:
    file = tomllib.loads(toml.render(found))
    assert [site["id"] for site in file["site"]] == [sheet.site.id for sheet in found.sheets]
    assert {site["verdict"] for site in file["site"]} == {""}


@given(attacked())
def test_a_strangers_text_is_no_markdown(found: Checklist) -> None:
    text = markdown.render(found)
    outside = re.sub(r"(?s)^(`{3,})rust\n.*?^\1$", "", text, flags=re.MULTILINE)
    asked = sum(len(sheet.questions) for sheet in found.sheets)
    assert len(re.findall(r"^- \[ \] ", outside, re.MULTILINE)) == asked
    assert not re.search(r"^\s*- \[x\]", outside, re.MULTILINE)
    assert len(re.findall(r"^#", outside, re.MULTILINE)) == 1 + len(found.sheets)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e\u2028]", text)


# ---- the command


def test_the_command_writes_every_format(tmp_path: Path) -> None:
    out = [f"{kind}:{tmp_path / kind}" for kind in ("md", "html", "toml", "json")]
    done = ffireview("checklist", SAMPLES / "kvstore", *(word for one in out for word in ("-f", one)))
    assert (done.returncode, done.stdout, done.stderr) == (CLEAN, "", "")
    assert (tmp_path / "md").read_text(encoding="utf-8").startswith("# Checklist: ")
    assert tomllib.loads((tmp_path / "toml").read_text(encoding="utf-8"))["schema"] == "ffireview.answers/1"
    Draft202012Validator(schemas()["checklist.schema.json"]).validate(json.loads((tmp_path / "json").read_text()))


def test_one_site(tmp_path: Path) -> None:
    done = ffireview("checklist", SAMPLES / "kvstore", "--site", "kvstore/src/lib.rs:139", "-f", "toml")
    assert [site["id"] for site in tomllib.loads(done.stdout)["site"]] == ["e45778b61e85"]
    assert ffireview("checklist", SAMPLES / "kvstore", "--site", "no-such-site").returncode == USAGE


def test_the_sites_of_a_change(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    header = b"int put(const char *p);\n"
    code = (
        'extern "C" { fn put(p: *const i8) -> i32; }\npub fn f(p: *const i8) -> i32 {\n    unsafe { put(p) }\n}\n'
        "pub fn g(p: *const u8) -> u8 {\n    unsafe { *p }\n}\n"
    )
    repo.commit({"src/lib.rs": code.encode(), "put.h": header})
    repo.commit({"put.h": header.replace(b"int", b"long")})
    done = ffireview("checklist", repo.folder, "--diff", "HEAD~1..HEAD")
    assert done.returncode == CLEAN, done.stderr
    assert "affected: unsafe block in f" in done.stdout
    assert "unsafe block in g" not in done.stdout
    assert ffireview("checklist", repo.folder, "--diff", "HEAD~1..HEAD", "--rev", "HEAD").returncode == USAGE
