"""Suppressions in code: what a comment says, how far it reaches, what it does, and what is wrong with it."""

from datetime import date

import pytest

from ffireview.extract.c import Wanted, extract_c, kind_of
from ffireview.extract.rust import extract_rust
from ffireview.model.facts import SuppressionFact
from ffireview.model.finding import Finding
from ffireview.pipeline import review
from ffireview.sources.fragments import parse_fragment

TODAY = date(2026, 11, 21)
META = {"unused-suppression", "malformed-suppression", "expired-suppression"}


def read(text: str) -> list[SuppressionFact]:
    """The suppressions of a Rust file."""
    return list(extract_rust(text.encode()).suppressions)


def found(text: str, today: date | None = TODAY) -> list[Finding]:
    """All findings but the one about the SAFETY texts of the whole fragment."""
    findings = review(parse_fragment(text).snapshot, today=today).findings
    return [finding for finding in findings if finding.rule != "undocumented-unsafe"]


def of_comments(text: str, today: date | None = TODAY) -> list[str]:
    """What is said of the comments themselves."""
    return [f"{f.span.line} {f.rule}: {f.message}" for f in found(text, today) if f.rule in META]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("// ffireview: allow(a) -- why", ("allow", ("a",), "why", ())),
        ("//ffireview:allow( a ,b )--why not", ("allow", ("a", "b"), "why not", ())),
        ("/* ffireview: allow(a) -- why */", ("allow", ("a",), "why", ())),
        ("/*\n * ffireview: allow(a) -- why\n */", ("allow", ("a",), "why", ())),
        ("// SAFETY: n is right\n// ffireview: allow(a) -- why\n// as was said", ("allow", ("a",), "why", ())),
        ("// ffireview: allow(a) -- why [until=2027-01-31]", ("allow", ("a",), "why", ("until=2027-01-31",))),
        ("// ffireview: allow(a) -- see [RFC 2094]", ("allow", ("a",), "see [RFC 2094]", ())),
        ("// ffireview: allow(a) -- why [unitl=2027-01-31]", ("allow", ("a",), "why", ("unitl=2027-01-31",))),
        ("// ffireview: allow(a): why", ("allow", ("a",), "", ())),
        ("// ffireview: allow(a) - why", ("allow", ("a",), "", ())),
        ("// ffireview: alow(a) -- why", ("alow", ("a",), "why", ())),
        ("// ffireview: allow a -- why", ("allow", (), "", ())),
        ("// ffireview:", ("", (), "", ())),
    ],
)
def test_what_a_comment_says(comment: str, expected: tuple[object, ...]) -> None:
    (one,) = read(f"{comment}\nunsafe fn f() {{}}\n")
    assert (one.verb, one.rules, one.reason, one.options) == expected


@pytest.mark.parametrize(
    "text",
    [
        "/// ffireview: allow(a) -- documentation\nunsafe fn f() {}",
        "//! ffireview: allow(a) -- documentation\nunsafe fn f() {}",
        "/** ffireview: allow(a) -- documentation */ unsafe fn f() {}",
        "// as in `ffireview: allow(a) -- why`\nunsafe fn f() {}",
        'unsafe fn f() { g("// ffireview: allow(a) -- text"); }',
        'unsafe fn f() { g("\n// ffireview: allow(a) -- text\n"); }',
    ],
)
def test_what_is_no_such_comment(text: str) -> None:
    assert read(text) == []


REACH = """\
// ffireview: allow(item) -- over the attributes, as far as the brace
#[no_mangle]
#[cfg(all(
    unix,
))]
pub unsafe extern "C" fn f(
    p: *const u8,
) -> u8 {
    g(1); // ffireview: allow(line) -- its own line
    // ffireview: allow(statement) -- over the line break, not into the block

    let x =
        unsafe {
            *p
        };
    h(
        // ffireview: allow(argument) -- one argument
        unsafe { *p },
        x,
    );
    /* ffireview: allow(before) -- what follows on the line */ let y = *p;
    x
    // ffireview: allow(end) -- nothing but a brace follows
}
// ffireview: allow(nothing) -- the file ends
"""


def test_how_far_a_comment_reaches() -> None:
    assert {one.rules[0]: (one.line, one.end_line) for one in read(REACH)} == {
        "item": (2, 8), "line": (9, 9), "statement": (12, 13), "argument": (18, 18), "before": (21, 21),
        "end": (24, 24), "nothing": (0, 0),
    }  # fmt: skip


def test_a_comment_in_c_speaks_for_the_head_of_a_declaration() -> None:
    text = "// ffireview: allow(a) -- why\nint\nf(int a,\n  int b);\nint g(void); /* ffireview: allow(b) -- why */\n"
    facts = extract_c(text.encode(), Wanted(), kind_of("a.h"))
    assert facts is not None
    assert [(one.rules, one.line, one.end_line) for one in facts.suppressions] == [(("a",), 2, 4), (("b",), 5, 5)]


UNCHECKED = """\
pub fn first(v: &[u8], n: usize) -> u8 {{
    {}
    unsafe {{ *v.get_unchecked(n) }}
}}
"""


def test_a_finding_is_kept_with_the_reason() -> None:
    comment = "// ffireview: allow(parameter-unchecked-access) -- n is below the length"
    (with_it,) = found(UNCHECKED.format(comment))
    (without,) = found(UNCHECKED.format("// n is below the length"))
    assert (with_it.suppressed, with_it.suppressed_at and with_it.suppressed_at.line) == ("n is below the length", 2)
    assert (without.suppressed, without.suppressed_at) == ("", None)
    assert with_it.id == without.id


def test_only_what_is_named_is_suppressed() -> None:
    findings = found(UNCHECKED.format("// ffireview: allow(integer-to-enum) -- another"))
    assert [(f.rule, f.suppressed) for f in findings] == [
        ("unused-suppression", ""), ("parameter-unchecked-access", "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("allow(parameter-unchecked-access)", "it gives no reason: write ` -- why` behind the rule"),
        ("allow(parameter-unchecked-acess) -- why",
         "no rule `parameter-unchecked-acess`; did you mean `parameter-unchecked-access`?"),
        ("allow(qqq) -- why", "no rule `qqq`"),
        ("allow(unused-suppression) -- why", "`unused-suppression` cannot be suppressed"),
        ("allow() -- why", "it names no rule"),
        ("deny(parameter-unchecked-access) -- why", "`deny` is not understood, `allow(rule) -- reason` is"),
        ("allow(parameter-unchecked-access) -- why [until=2027-02-30]",
         "`[until=2027-02-30]` is not understood, `[until=2027-01-31]` is"),
        ("allow(parameter-unchecked-access) -- why [until 2027-02-03]",
         "`[until2027-02-03]` is not understood, `[until=2027-01-31]` is"),
        ("allow(parameter-unchecked-access) -- why [until=20270203]",
         "`[until=20270203]` is not understood, `[until=2027-01-31]` is"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_suppresses_nothing(comment: str, said: str) -> None:
    findings = found(UNCHECKED.format(f"// ffireview: {comment}"))
    assert [f.suppressed for f in findings] == ["", ""]
    assert [f.message for f in findings if f.rule == "malformed-suppression"] == [f"suppresses nothing: {said}"]


@pytest.mark.parametrize(
    ("today", "suppressed"),
    [(date(2027, 1, 30), True), (date(2027, 1, 31), True), (date(2027, 2, 1), False), (None, True)],
)
def test_a_date_holds_to_its_end(today: date | None, suppressed: bool) -> None:
    text = UNCHECKED.format("// ffireview: allow(parameter-unchecked-access) -- why [until=2027-01-31]")
    said = "2 expired-suppression: expired after 2027-01-31: what it suppressed is shown again"
    assert of_comments(text, today) == ([] if suppressed else [said])
    (finding,) = (f for f in found(text, today) if f.rule not in META)
    assert bool(finding.suppressed) is suppressed


def test_an_unused_rule_of_two_is_told() -> None:
    text = UNCHECKED.format("// ffireview: allow(parameter-unchecked-access, integer-to-enum) -- why")
    assert of_comments(text) == ["2 unused-suppression: `integer-to-enum` finds nothing here"]


def test_what_is_said_of_a_comment_belongs_to_the_site_that_it_speaks_for() -> None:
    text = UNCHECKED.format("// ffireview: allow(qqq) -- why")
    findings = found(text)
    assert len(findings) == 2
    assert len({f.site for f in findings} - {""}) == 1


MISMATCH = """\
-- src/lib.rs --
extern "C" {{ fn store_put(n: u32); }}
pub fn f() {{ unsafe {{ store_put(1) }} }}
-- c/store.h --
{}
void store_put(unsigned long n);
"""


def test_a_comment_in_c_answers_a_finding_that_points_there() -> None:
    comment = "/* ffireview: allow(signature-mismatch) -- n is never above 32 bits */"
    (with_it,) = found(MISMATCH.format(comment))
    (without,) = found(MISMATCH.format("/* n is never above 32 bits */"))
    assert (with_it.suppressed, str(with_it.suppressed_at)) == ("n is never above 32 bits", "c/store.h:1")
    assert without.suppressed == ""


def test_a_comment_in_c_that_nothing_needs_is_told_even_where_no_name_crosses() -> None:
    text = MISMATCH.format("") + "-- c/other.c --\n// ffireview: allow(signature-mismatch) -- why\nint x;\n"
    (said,) = (f for f in found(text) if f.rule in META)
    assert (said.rule, str(said.span)) == ("unused-suppression", "c/other.c:1")


def test_a_rust_file_with_nothing_else_of_interest_is_read() -> None:
    assert of_comments("// ffireview: allow(integer-to-enum) -- why\nfn f() {}\n") == [
        "1 unused-suppression: `integer-to-enum` finds nothing here"
    ]


def test_a_thousand_nested_reaches_find_the_right_one() -> None:
    rows = "\n".join("    // ffireview: allow(integer-to-enum) -- why\n    g();" for _ in range(1000))
    text = (
        f"pub fn f(v: &[u8], n: usize) -> u8 {{\n{rows}\n    // ffireview: allow(parameter-unchecked-access) -- here\n"
    )
    text += "    unsafe { *v.get_unchecked(n) }\n}\n"
    findings = found(text)
    assert [f.suppressed for f in findings if f.rule == "parameter-unchecked-access"] == ["here"]
    assert sum(f.rule == "unused-suppression" for f in findings) == 1000


@pytest.mark.parametrize(
    "text",
    [
        "// ffireview: allow(" + "(" * 5000, "// ffireview: allow(a) -- " + "[" * 5000 + "until=x]" * 500,
        "// ffireview: allow(a) -- x\n" + "#[a]\n" * 5000 + "unsafe fn f() {}", "// ffireview: allow(a) -- x\n" * 5000,
        "/* ffireview: allow(a) -- x", "// ffireview: \ud7ff\u202e(a) -- x", "// ffireview: allow(a) -- x\n#[" * 2000,
    ],
)  # fmt: skip
def test_no_comment_is_too_strange(text: str) -> None:
    assert all(f.rule in META for f in found(text))
