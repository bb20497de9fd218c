"""Rust functions as values: forms of expressions, what a header says, which functions are kept, hostile input."""

import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ffireview.extract.rust import extract_rust
from ffireview.flow.render import text
from ffireview.model.body import (
    Arm,
    Binary,
    Binding,
    Block,
    Body,
    Call,
    Cast,
    Closure,
    If,
    Item,
    Let,
    LetCondition,
    Macro,
    Match,
    MethodCall,
    Node,
    Path,
    unpack,
)
from ffireview.model.facts import Bound, FileFacts, Generic


def facts(source: str) -> FileFacts:
    return extract_rust(source.encode())


def bodies(source: str) -> dict[str, Body]:
    return {body.name: body for body in unpack(facts(source).bodies)}


def block(statements: str) -> Block:
    """The body of an unsafe function that holds the statements."""
    return bodies(f"unsafe fn f() {{ {statements} }}")["f"].block


def value(expression: str) -> Node:
    """An expression as the tail of a function."""
    tail = block(expression).tail
    assert tail is not None
    return tail


# ---- expressions and statements


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("Path", "x"),
        ("Path", "a::b::<T>::C"),
        ("Path", "<T as U>::f"),
        ("Literal", '"a"'),
        ("Literal", "1_i32"),
        ("TupleLiteral", "(a, b)"),
        ("TupleLiteral", "(a,)"),
        ("TupleLiteral", "()"),
        ("ArrayLiteral", "[1, 2]"),
        ("ArrayLiteral", "[0; N]"),
        ("StructLiteral", "S::<T> { a, b: 1, ..c }"),
        ("Call", "CString::new::<&str>(s)"),
        ("Call", "(self.f)(x)"),
        ("MethodCall", "v.iter().collect::<Vec<_>>()"),
        ("FieldAccess", "self.a.0"),
        ("Index", "v[1..n]"),
        ("Unary", "*p"),
        ("Unary", "!p.is_null()"),
        ("Unary", "-1"),
        ("Reference", "&x"),
        ("Reference", "&mut x"),
        ("Reference", "&raw const x"),
        ("Reference", "&raw mut (*x).y"),
        ("Cast", "&x as *const T as *mut T"),
        ("Binary", "a && b && c"),
        ("Binary", "(a + b) * c"),
        ("Assign", "a = b"),
        ("Assign", "a <<= 1"),
        ("RangeOf", "a..b"),
        ("RangeOf", "..=b"),
        ("RangeOf", ".."),
        ("RangeOf", "a.."),
        ("Try", "f()?"),
        ("Await", "f().await"),
        ("Block", "unsafe { f(); g() }"),
        ("Block", "async move { 1 }"),
        ("Block", "'a: { break 'a 1; }"),
        ("If", "if a { 1 } else if let Some(b) = c && d { 2 } else { 3 }"),
        ("Match", "match x { Some(ref a) if *a > 3 => { a }, A | B => 2, _ => return }"),
        ("Loop", "'l: loop { continue 'l; }"),
        ("While", "while let Some(x) = i.next() { break; }"),
        ("For", "for (i, _) in v.iter().enumerate() {}"),
        ("Return", "return f()"),
        ("Closure", "move |a: u8, _| -> u8 { a }"),
        ("Closure", "async || 1"),
    ],
)
def test_an_expression_has_its_kind_and_says_what_was_written(kind: str, written: str) -> None:
    read = value(written)
    assert type(read).__name__ == kind
    assert text(read) == written


def test_parentheses_and_comments_are_gone_and_places_are_kept() -> None:
    call = bodies("unsafe fn f() {\n    é(/* é */ ((x)), // x\n      y)\n}")["f"].block.tail
    assert isinstance(call, Call)
    assert [text(argument) for argument in call.arguments] == ["x", "y"]
    assert (call.line, call.column, call.end_line, call.end_column) == (2, 5, 3, 9)
    assert (call.arguments[0].line, call.arguments[0].column) == (2, 17)


def test_a_value_at_the_end_is_a_tail_and_one_with_a_semicolon_is_not() -> None:
    assert text(block("a(); b()").tail) == "b()"
    assert block("a(); b();").tail is None
    assert text(block("if a { b }").tail) == "if a { b }"
    assert block("unsafe { a() };").tail is None
    assert block("let x = 1;").tail is None
    assert [type(s) for s in block("use a::b; fn g() {} static mut X: u8 = 1; h()").statements] == [Item] * 3


def test_an_item_inside_is_a_marker_and_a_function_there_has_its_own_body() -> None:
    found = bodies("unsafe fn f() { fn g() { h() } g() }")
    assert found["f"].block.statements == (Item(1, 17, 1, 31, "fn", "g"),)
    assert (found["g"].owner, text(found["g"].block.tail)) == ("f", "h()")


def test_let_says_what_it_binds() -> None:
    let, plain, wild = block("let Some((a, ref mut b)) = f() else { return; }; let mut c: u8; let _ = g();").statements
    assert isinstance(let, Let)
    assert let.pattern.bindings == (
        Binding("a", False, False, ("Some", "0", "0")),
        Binding("b", True, True, ("Some", "0", "1")),
    )
    assert text(let.otherwise) == "{ return; }"
    assert isinstance(plain, Let)
    assert (plain.type, plain.value, plain.pattern.bindings) == ("u8", None, (Binding("c", False, True, ()),))
    assert isinstance(wild, Let)
    assert (wild.pattern.text, wild.pattern.bindings) == ("_", ())


@pytest.mark.parametrize(
    ("pattern", "bound"),
    [
        ("P { a, ref b, mut c, d: e @ 1..=3, .. }", {"a": "P.a", "b": "P.b", "c": "P.c", "e": "P.d"}),
        ("(_, a, .., z)", {"a": "1", "z": "-1"}),
        ("[h, .., t]", {"h": "[].0", "t": "[].-1"}),
        ("A(x) | B(x)", {"x": "A.0"}),
        ("n @ (a, &b)", {"n": "", "a": "0", "b": "1.*"}),
        ("MAX", {}),
        ("None", {}),
        ("a::B(-1, x)", {"x": "B.1"}),
    ],
)
def test_a_pattern_leads_to_each_name(pattern: str, bound: dict[str, str]) -> None:
    read = value(f"match v {{ {pattern} => 1 }}")
    assert isinstance(read, Match)
    assert {b.name: ".".join(b.path) for b in read.arms[0].pattern.bindings} == bound


def test_a_chain_of_conditions_is_a_nest_of_and() -> None:
    read = value("if let Some(a) = b && c && let Some(d) = e { 1 } else { 2 }")
    assert isinstance(read, If)
    assert isinstance(read.condition, Binary)
    assert text(read.condition) == "let Some(a) = b && c && let Some(d) = e"
    assert isinstance(read.condition.right, LetCondition)


@pytest.mark.parametrize(
    ("written", "arguments"),
    [
        ('assert!(a < b, "{}", a)', ["a < b", '"{}"', "a"]),
        ("vec![x; n]", ["[x; n]"]),
        ("vec![x, y]", ["x", "y"]),
        ("ready!(f(cx)?)", ["f(cx)?"]),
        ("addr_of_mut!((*p).a)", ["(*p).a"]),
        ("matches!(f(), Some(_))", ["f()", "Some(_)"]),
        ("my_try!({ let a = b; c })", ["{ let a = b; c }"]),
        ("unsafe_op! { let a = b; c(a) }", ["{ let a = b; c(a) }"]),
        ('log!("a", a = b)', ['"a"', "a = b"]),
        ("outer!(inner!(a.b()))", ["inner!(a.b())"]),
        ("odd!(a => b; c)", []),
        ("quote!(a + #b)", []),
        ("nothing!()", []),
    ],
)
def test_a_macro_holds_values_where_its_tokens_read_as_such(written: str, arguments: list[str]) -> None:
    read = value(written)
    assert isinstance(read, Macro)
    assert [text(argument) for argument in read.arguments] == arguments


def test_places_inside_a_macro_are_those_of_the_file() -> None:
    inner = value("a!(b!(c.d()))")
    while isinstance(inner, Macro):
        inner = inner.arguments[0]
    assert isinstance(inner, MethodCall)
    assert (inner.line, inner.column, inner.end_column) == (1, 23, 28)


def test_a_closure_inside_keeps_its_parameters() -> None:
    read = value("v.map(move |(a, _): (u8, u8), mut b| a)")
    assert isinstance(read, MethodCall)
    closure = read.arguments[0]
    assert isinstance(closure, Closure)
    assert (closure.move, [p.type for p in closure.parameters]) == (True, ["(u8, u8)", ""])
    assert [b.name for p in closure.parameters for b in p.pattern.bindings] == ["a", "b"]


def test_an_arm_keeps_guard_and_pattern_apart() -> None:
    read = value("match n { x if x > 1 => a, _ => b }")
    assert isinstance(read, Match)
    assert [(arm.pattern.text, text(arm.guard)) for arm in read.arms] == [("x", "x > 1"), ("_", "")]


def test_what_the_grammar_cannot_read_hides_nothing_else() -> None:
    found = bodies("unsafe fn f() { let a = @ b; c.as_ptr() }")["f"].block
    assert text(found.tail) == "c.as_ptr()"


# ---- headers


HEADER = """
mod m {
    impl<'a, T: Send + 'a, const N: usize> Drop for Handle<'a, T, N> where T: Fn(u8) -> u8 {
        #[inline]
        #[cfg(unix)]
        pub(crate) async unsafe fn close<F: FnOnce(*mut u8) -> bool>(&mut self, mut f: F, (a, _): (u8, u8))
            -> io::Result<()> where F: Send {
            f(self.raw)
        }
    }
}
#[unsafe(no_mangle)]
pub extern "C" fn lib_open(path: *const c_char, ...) -> *mut Handle { raw(path) }
trait Codec { fn decode(self: Box<Self>) { unsafe { f() } } }
#[cfg(test)]
mod tests { fn t() { unsafe { f() } } }
"""


def test_a_method_says_who_it_is() -> None:
    close = bodies(HEADER)["close"]
    assert close.owner == "m::impl Drop for Handle<'a, T, N>"
    assert (close.visibility, close.unsafe, close.kind, close.abi) == ("pub(crate)", True, "async", "Rust")
    assert close.generics == (Generic("F", "type", ("FnOnce(*mut u8) -> bool",)),)
    assert close.where == (Bound("F", ("Send",)),)
    assert [(p.pattern.text, p.type) for p in close.parameters] == [
        ("self", "&mut Self"),
        ("mut f", "F"),
        ("(a, _)", "(u8, u8)"),
    ]
    assert (close.returns, close.attributes, close.cfg) == ("io::Result<()>", ("inline", "cfg(unix)"), ("unix",))
    assert (close.module, close.test, close.line, close.end_line) == (("m",), False, 6, 9)


def test_a_method_knows_its_impl() -> None:
    found = bodies(HEADER)["close"].implements
    assert found is not None
    assert (found.trait, found.type) == ("Drop", "Handle<'a, T, N>")
    assert found.generics == (
        Generic("'a", "lifetime"),
        Generic("T", "type", ("Send", "'a")),
        Generic("N", "const", ("usize",)),
    )
    assert found.where == (Bound("T", ("Fn(u8) -> u8",)),)


def test_an_export_a_default_method_and_a_test_say_so() -> None:
    found = bodies(HEADER)
    exported = found["lib_open"]
    assert (exported.symbol, exported.abi, exported.visibility) == ("lib_open", "C", "pub")
    assert [p.pattern.text for p in exported.parameters] == ["path", "..."]
    assert (found["decode"].trait, found["decode"].parameters[0].type) == ("Codec", "Box<Self>")
    assert (found["t"].test, found["t"].owner) == (True, "tests")


@pytest.mark.parametrize(
    ("header", "trait", "shape", "marks"),
    [
        ("unsafe impl<T: Send> Send for Handle<T> where T: Sync {}", "Send", "Handle<T>", "unsafe"),
        ("impl !Sync for Handle {}", "Sync", "Handle", "negative"),
        ("impl<F: for<'a> Fn(&'a u8)> Call for F {}", "Call", "F", ""),
        ("impl<T> From<Box<dyn Fn(T) -> u8>> for Handle {}", "From<Box<dyn Fn(T) -> u8>>", "Handle", ""),
        ("impl Handle { }", "", "Handle", ""),
        ("impl<T> ops::Deref for *mut Handle<T> {}", "ops::Deref", "*mut Handle<T>", ""),
    ],
)
def test_an_impl_says_what_it_promises_for_what(header: str, trait: str, shape: str, marks: str) -> None:
    (found,) = facts(header).impls
    assert (found.trait, found.type) == (trait, shape)
    assert (found.unsafe, found.negative) == (marks == "unsafe", marks == "negative")


def test_bounds_of_an_impl_stand_at_generics_and_in_the_where_clause() -> None:
    (found,) = facts("unsafe impl<T: ?Sized + Send, U> Sync for Handle<T, U> where U: Sync, {}").impls
    assert found.generics == (Generic("T", "type", ("?Sized", "Send")), Generic("U", "type"))
    assert found.where == (Bound("U", ("Sync",)),)


def test_a_trait_says_what_it_asks_for() -> None:
    (found,) = facts("pub unsafe trait Raw<T>: Sized + 'static where T: Copy { fn a(&self); fn b(&self) {} }").traits
    assert (found.name, found.visibility, found.unsafe) == ("Raw", "pub", True)
    assert (found.bounds, found.required, found.provided) == (("Sized", "'static"), ("a",), ("b",))
    assert (found.generics, found.where) == ((Generic("T", "type"),), (Bound("T", ("Copy",)),))


def test_a_type_says_what_it_derives_and_holds() -> None:
    source = """
        #[derive(Clone, Copy)] #[repr(C)]
        pub struct Handle<'a, T: 'a> where T: Send { raw: *mut c_void, mark: PhantomData<&'a T> }
        #[cfg_attr(x, derive(Debug))] enum Kind { A(u8), B }
    """
    handle, kind = facts(source).types
    assert (handle.derives, handle.visibility) == (("Clone", "Copy"), "pub")
    assert [(f.name, f.type) for f in handle.fields] == [("raw", "*mut c_void"), ("mark", "PhantomData<&'a T>")]
    assert handle.generics == (Generic("'a", "lifetime"), Generic("T", "type", ("'a",)))
    assert handle.where == (Bound("T", ("Send",)),)
    assert kind.derives == ("Debug",)


# ---- which functions, and where they stand


def test_functions_near_unsafe_code_are_kept_and_others_are_not() -> None:
    source = """
        fn plain(a: u8) -> u8 { a + 1 }
        fn helper() -> usize { 1 }
        fn holds() { unsafe { f(helper()) } }
        fn gives(b: Box<u8>) -> *mut u8 { Box::into_raw(b) }
        extern "C" fn called(n: u8) {}
        impl Drop for A { fn drop(&mut self) { self.close() } }
        unsafe fn declared() {}
        trait T { unsafe fn without(); }
    """
    assert set(bodies(source)) == {"helper", "holds", "gives", "called", "drop", "declared"}


def test_a_function_in_a_macro_stands_where_it_is_written() -> None:
    source = """cfg_if! {
    if #[cfg(x)] {
        impl A {
            pub fn f(&self) -> u8 { unsafe { *self.raw } }
        }
    }
}
macro_rules! make { ($name:ident, $e:expr) => {
    pub unsafe fn $name(x: *mut u8) { $e; drop(x) }
} }"""
    found = bodies(source)
    assert (found["f"].line, found["f"].column) == (4, 13)
    assert found["$name"].macro is not None
    assert found["$name"].macro.name == "make"
    assert [text(s) for s in found["$name"].block.statements] == ["$e"]


# ---- hostile input


def tree_of(node: object) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Node):
            yield found
            waiting.extend(getattr(found, name) for name in found.__struct_fields__[4:])
        elif isinstance(found, tuple):
            waiting.extend(found)


@pytest.mark.parametrize(
    ("opening", "inner", "closing"),
    [
        ("(", "x", ")"),
        ("{", "x", "}"),
        ("unsafe {", "x", "}"),
        ("f(", "x", ")"),
        ("a!(", "x", ")"),
        ("a![x; ", "x", "]"),
        ("if a { b } else ", "{ x }", ""),
        ("if ", "x", " { y }"),
        ("|x| ", "x", ""),
        ("&", "x", ""),
        ("[", "x", "]"),
        ("match x { _ => ", "x", "}"),
        ("let x = ", "1", ";"),
        ("loop { ", "x", "}"),
        ("S { a: ", "x", "}"),
        ("x = ", "x", ""),
        ("x + ", "x", ""),
        ("async {", "x", "}"),
        ("", "x", ".f()"),
        ("", "x", "?"),
        ("", "x", "[0]"),
        ("", "x", " as T"),
        ("let (", "x", ",) = y;"),
        ("match x { Some(", "y", ") => z }"),
        ("let [", "x", "] = y;"),
        ("let &", "x", " = y;"),
    ],
)
def test_deep_nesting_is_cut_and_counted(opening: str, inner: str, closing: str) -> None:
    code = opening * 300 + inner + closing * 300
    read = facts(f"unsafe fn f() {{ {code} }}\nunsafe fn after() {{ g() }}")
    found = {body.name: body for body in unpack(read.bodies)}
    assert text(found["after"].block.tail) == "g()"
    assert pickle.loads(pickle.dumps(found["f"])) == found["f"]
    assert len(text(found["f"].block)) > 0


def test_what_is_nested_too_deeply_is_a_problem() -> None:
    read = facts("unsafe fn f() { " + "f(" * 500 + ")" * 500 + " }")
    assert [problem.message for problem in read.problems] == ["1 expression(s) nested too deeply to follow"]


TOKENS = st.sampled_from(
    [
        "fn",
        "f",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "<",
        ">",
        ";",
        ",",
        ":",
        "::",
        ".",
        "..",
        "..=",
        "=>",
        "->",
        "=",
        "==",
        "!=",
        "&&",
        "||",
        "|",
        "&",
        "*",
        "!",
        "?",
        "#",
        "$",
        "'",
        "'a",
        "@",
        "+",
        "-",
        "/",
        "_",
        '"',
        "//",
        "/*",
        "*/",
        "\n",
        "let",
        "mut",
        "ref",
        "if",
        "else",
        "match",
        "loop",
        "while",
        "for",
        "in",
        "return",
        "break",
        "continue",
        "unsafe",
        "async",
        "await",
        "move",
        "extern",
        "impl",
        "dyn",
        "as",
        "where",
        "struct",
        "trait",
        "self",
        "Self",
        "x",
        "y",
        "Some(",
        "Ok(",
        "1",
        "0x1f",
        '"s"',
        "'c'",
        'r#"',
        "vec!",
        "macro_rules!",
        "a!",
        "#[cfg(x)]",
        "|x|",
        "é",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TOKENS, max_size=60))
def test_token_soup_never_raises(tokens: list[str]) -> None:
    soup = " ".join(tokens)
    for source in (soup, f"unsafe fn f() {{ {soup} }}", f"unsafe fn f() {{ a!({soup}); }}"):
        for body in unpack(facts(source).bodies):
            for node in tree_of(body.block):
                assert text(node) is not None
                assert (node.line, node.column) <= (node.end_line, node.end_column)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_never_raise(junk: bytes) -> None:
    for source in (junk, b"unsafe fn f() { " + junk + b" }", b"fn f() { unsafe { a!(" + junk + b") } }"):
        unpack(extract_rust(source).bodies)


def test_arms_and_casts_are_found_by_class() -> None:
    found = block("match a { 1 => b as *const u8, _ => c as u8 }")
    kinds = [type(node) for node in tree_of(found)]
    assert (kinds.count(Arm), kinds.count(Cast), kinds.count(Path)) == (2, 2, 3)
