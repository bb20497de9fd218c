"""Two versions of a function that differ in the names of locals only, and what merely looks so."""

import pytest

from ffireview.extract.rust.items import items_of_rust
from ffireview.extract.rust.tokens import same_but_renamed, tokens
from ffireview.model.items import ItemKind
from ffireview.model.place import Range


def renamed(before: str, after: str) -> dict[str, str] | None:
    """What became of the locals of the first function of each text."""
    sides = []
    for text in (before.encode(), after.encode()):
        item = next(item for item in items_of_rust(text) if item.kind is ItemKind.FUNCTION)
        sides.append((tokens(text, item.at), item.locals))
    (one, locals_before), (other, locals_after) = sides
    return same_but_renamed(one, other, locals_before, locals_after)


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("fn f(p: P) { g(p) }", "fn f(\n  p: P, // why\n) { g(p,) }", {}),
        ("fn f(p: P) { g(p) }", "fn f(q: P) { g(q) }", {"p": "q"}),
        ("fn f() { let (a, b) = t; g(a, b) }", "fn f() { let (b2, a2) = t; g(b2, a2) }", {"a": "b2", "b": "a2"}),
        ("fn f() { let a = b.a(); b.a; m::a; a }", "fn f() { let c = b.a(); b.a; m::a; c }", {"a": "c"}),
        ("fn f() { let len = len(x); len }", "fn f() { let size = len(x); size }", {"len": "size"}),
        ("fn f() { let g = |x| x; g(1) }", "fn f() { let h = |x| x; h(1) }", {"g": "h"}),
        ("fn f<'a>(x: &'a u8) -> &'a u8 { x }", "fn f<'b>(x: &'b u8) -> &'b u8 { x }", {"'a": "'b"}),
        ("fn f() { 'x: loop { break 'x } }", "fn f() { 'y: loop { break 'y } }", {"'x": "'y"}),
        ('fn f() { let n = 1; println!("{n} {{n}}") }', 'fn f() { let m = 1; println!("{m} {{n}}") }', {"n": "m"}),
        ("fn f() { let n = 1; S { n: n } }", "fn f() { let m = 1; S { n: m } }", {"n": "m"}),
        ("fn f() { let n = 1; if A { n } else { 0 } }", "fn f() { let m = 1; if A { m } else { 0 } }", {"n": "m"}),
        ("fn f() { let n = 1; if let S(x) = y { n } }", "fn f() { let m = 1; if let S(x) = y { m } }", {"n": "m"}),
    ],
    ids=[
        "layout", "parameter", "two", "not-fields-and-paths", "not-functions", "closure", "lifetime", "label",
        "format", "field-name", "block", "block-of-if-let",
    ],
)  # fmt: skip
def test_a_rename(before: str, after: str, names: dict[str, str]) -> None:
    assert renamed(before, after) == names


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("fn f(i: u8, j: u8) { p.add(i) }", "fn f(i: u8, j: u8) { p.add(j) }"),
        ("fn f(i: u8, j: u8) { g(i, j) }", "fn f(i: u8, j: u8) { g(j, i) }"),
        ("fn f(i: u8, j: u8) { g(i, j) }", "fn f(j: u8, i: u8) { g(i, j) }"),
        ("fn f(p: P) { p.a }", "fn f(p: P) { p.b }"),
        ("fn f(p: P) { p.add(1) }", "fn f(p: P) { p.sub(1) }"),
        ("fn f() { let a = 1; m::a }", "fn f() { let b = 1; m::b }"),
        ("fn f() { let a = 1; a(2) }", "fn f() { let b = 1; b(2) }"),
        ("fn f() { let a = 1; a!(2) }", "fn f() { let b = 1; b!(2) }"),
        ("fn f() { let n = 1; S { n } }", "fn f() { let m = 1; S { m } }"),
        ("fn f() { let S { n } = s; }", "fn f() { let S { m } = s; }"),
        ("fn f() { let n = 1; match x { A => S { a, n } } }", "fn f() { let m = 1; match x { A => S { a, m } } }"),
        ("fn f() { let a = 1; g(x) }", "fn f() { let x = 1; g(x) }"),
        ("fn f() { let a = 1; g(a); h(a) }", "fn f() { let b = 1; g(b); h(a) }"),
        ("fn f() { let a = 1; g(a, A) }", "fn f() { let b = 1; g(b, B) }"),
        ("fn f() { let a = 1; let b = 2; g(a, b) }", "fn f() { let c = 1; let c = 2; g(c, c) }"),
        ("fn f<'a, 'b>(x: &'a u8) -> &'a u8 { x }", "fn f<'a, 'b>(x: &'a u8) -> &'b u8 { x }"),
        ("fn f<'a>(x: &'a u8) {}", "fn f(x: &'static u8) {}"),
        ("fn f<'a>(x: &'a u8) {}", "fn f<'a>(x: &'static u8) {}"),
        ('fn f() { let n = 1; g("n") }', 'fn f() { let m = 1; g("m") }'),
        ('fn f() { let n = 1; g("{n}") }', 'fn f() { let m = 1; g("{m}") }'),
        ("fn f() { let n = 1; offset_of!(S, n) }", "fn f() { let m = 1; offset_of!(S, m) }"),
        ("fn f() { 'a'; }", "fn f() { 'b'; }"),
        ('fn f() { b"n"; }', 'fn f() { b"m"; }'),
    ],
    ids=[
        "between-locals", "arguments-swapped", "parameters-swapped", "field", "method", "path", "function", "macro",
        "shorthand", "pattern", "shorthand-in-arm", "captures-a-global", "one-use-left", "constant-beside",
        "two-into-one", "other-lifetime", "static", "static-there", "string", "format-that-is-none", "name-as-tokens",
        "character", "bytes",
    ],
)  # fmt: skip
def test_no_rename(before: str, after: str) -> None:
    assert renamed(before, after) is None


def test_tokens_of_a_range() -> None:
    source = '// é\nlet s = r#"a "b" // c"#; /* x */ p.add(1,\n) \'a\' \'a\n'.encode()
    assert tokens(source, Range(2, 1, 3, 9)) == (
        "let", "s", "=", 'r#"a "b" // c"#', ";", "p", ".", "add", "(", "1", ")", "'a'", "'a"
    )  # fmt: skip
    assert tokens(source, Range(2, 5, 2, 6)) == ("s",)
    assert tokens(source, Range(90, 1, 95, 4)) == ()
