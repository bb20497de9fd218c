"""Where values come from, what is known of them, and what happens to them, in small functions with the answers beside.

`ask(x)` marks a place; the comment `//~` on its line says what the question must answer there. A line without an answer
expects none.
"""

import json
import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ffireview.extract.rust import extract_rust
from ffireview.flow import (
    Code,
    Codebase,
    Degree,
    Fact,
    Known,
    Local,
    Origin,
    Scope,
    Strength,
    after,
    arguments,
    between,
    bounded,
    calls,
    definitions,
    escapes,
    exits,
    expected_type,
    facts_about,
    foreign_calls,
    guards,
    inside_catch_unwind,
    is_pointer,
    local_of,
    macros,
    methods,
    null_checked,
    origins,
    outlives,
    owns,
    panics,
    parameters,
    plain,
    same,
    scope_of_temporary,
    short,
    text,
    turbofish,
    user_calls,
    user_code,
)
from ffireview.flow.paths import base_type
from ffireview.model.body import Call, MethodCall, Node, Reference, unpack
from ffireview.model.review import Review
from ffireview.pipeline import review
from ffireview.reporters.json import render
from ffireview.score.sum import score_sites
from ffireview.sources.fragments import parse_fragment

FOREIGN = frozenset({"c_open", "c_name", "c_fill", "c_len", "c_register"})
MARK = re.compile(r"//~ ?(.*)$")
Answer = Callable[[Code, Node, Node], str]


def codes(source: str) -> list[Code]:
    found = unpack(extract_rust(source.encode()).bodies)
    return [Code(body, foreign=FOREIGN) for body in found]


def code(source: str) -> Code:
    """The only function of the source."""
    (found,) = codes(source)
    return found


def check(source: str, answer: Answer) -> None:
    """Ask at every `ask(..)`, and compare with what stands beside."""
    expected = {n: found[1].strip() for n, line in enumerate(source.split("\n"), 1) if (found := MARK.search(line))}
    got: dict[int, str] = {}
    for one in codes(source):
        for call in calls(one, "ask"):
            got[call.line] = answer(one, call.arguments[0], call)
    assert {line: said for line, said in got.items() if said or line in expected} == expected


def listed(said: Iterable[str]) -> str:
    return "; ".join(said)


# ---- where values come from


def origin_text(found: Origin) -> str:
    head = " ".join(word for word in (found.source, ".".join((found.name, *found.path)).strip(".")) if word)
    steps = f" [{' '.join(found.steps)}]" if found.steps else ""
    into = f" into {found.held.name if found.held else 'a temporary'}" if found.inside else ""
    return f"{head}{steps}{into}"


def asks_origin(one: Code, subject: Node, _: Node) -> str:
    return listed(map(origin_text, origins(one, subject)))


def test_a_value_is_followed_through_copies_and_casts() -> None:
    check(
        """
unsafe fn f(p: *mut u8, n: usize) {
    let q = p as *const u8;
    let r = q;
    ask(r);                          //~ parameter p [as *const u8]
    ask(r.cast::<T>().add(1));       //~ parameter p [as *const u8 .cast .add]
    ask(&*r);                        //~ parameter p [as *const u8 &*]
    ask(*r);                         //~ parameter p.* [as *const u8]
    ask(n as i32);                   //~ parameter n [as i32]
    ask({ let p = 1; p });           //~ literal 1
    ask(n + 1);                      //~ computed +
    ask(0 as *const u8);             //~ null
    ask(ptr::null_mut::<u8>());      //~ null ptr::null_mut
    ask(LIMIT);                      //~ item LIMIT
    ask("text");                     //~ literal "text"
}
""",
        asks_origin,
    )


def test_shadowing_and_scopes_are_those_of_rust() -> None:
    check(
        """
unsafe fn f(x: u8, y: u8) {
    let x = x + 1;
    ask(x);                          //~ computed +
    {
        let x = y;
        ask(x);                      //~ parameter y
    }
    ask(x);                          //~ computed +
    let x = 3;
    ask(x);                          //~ literal 3
    if let Some(x) = y { ask(x); }   //~ parameter y
    let g = |x: u8| { ask(x); };     //~ closure-parameter x
    match y { x => { ask(x); } }     //~ parameter y
    for x in [y] { ask(x); }         //~ parameter y
    ask(x);                          //~ literal 3
}
""",
        asks_origin,
    )


def test_every_assignment_that_may_reach_counts_and_others_do_not() -> None:
    check(
        """
unsafe fn f(a: u8, b: u8, c: bool) {
    let mut x = a;
    ask(x);                          //~ parameter a
    if c { x = b; }
    ask(x);                          //~ parameter b; parameter a
    x = 1;
    ask(x);                          //~ literal 1
    if c { x = a; } else { ask(x); } //~ literal 1
    if c { x = b; return; }
    ask(x);                          //~ parameter a; literal 1
    let mut y;
    if c { y = 1; } else { y = 2; }
    ask(y);                          //~ literal 2; literal 1; uninitialised y
    let mut z = 1;
    loop {
        ask(z);                      //~ literal 2; literal 1
        z = 2;
        ask(z);                      //~ literal 2
        if c { break; }
    }
    let mut w = 0;
    w += 1;
    ask(w);                          //~ computed w; literal 0
}
""",
        asks_origin,
    )


def test_fields_and_tuples_are_told_apart() -> None:
    check(
        """
unsafe fn f(&self, a: u8, s: S, pair: (u8, *mut u8)) {
    let t = (a, self.raw);
    ask(t.0);                        //~ parameter a
    ask(t.1);                        //~ parameter self.raw
    let (first, second) = t;
    ask(second);                     //~ parameter self.raw
    let made = T { raw: self.raw, len: a };
    ask(made.len);                   //~ parameter a
    let T { raw, .. } = made;
    ask(raw);                        //~ parameter self.raw
    let mut s = s;
    ask(s.x);                        //~ parameter s.x
    s.x = a;
    ask(s.x);                        //~ parameter a
    ask(s.y);                        //~ parameter s.y
    ask(s);                          //~ parameter s
    ask(pair.1);                     //~ parameter pair.1
    ask(self.list[a as usize].raw);  //~ parameter self.list.[].raw
    ask((*self.raw).next);           //~ parameter self.raw.*.next
}
""",
        asks_origin,
    )


def test_what_is_in_some_or_ok_is_the_value() -> None:
    check(
        """
unsafe fn f(name: Option<u8>) -> Option<()> {
    ask(name.unwrap());              //~ parameter name [.unwrap]
    ask(name?);                      //~ parameter name [?]
    let Some(x) = name else { return None };
    ask(x);                          //~ parameter name
    ask(Some(x));                    //~ parameter name [Some]
    if let Ok(y) = g(x) { ask(y); }  //~ call g
    let z = match h(x) { Ok(z) => z, Err(_) => return None };
    ask(z);                          //~ call h
    let e = match h(x) { Err(e) => e, _ => 0 };
    ask(e);                          //~ call h.Err.0; literal 0
    name.map(|n| ask(n));            //~ parameter name.inner
    ask(if x > 1 { x } else { 2 });  //~ parameter name; literal 2
    ask(unsafe { x });               //~ parameter name
    let v = loop { break 4; };
    ask(v);                          //~ literal 4
}
""",
        asks_origin,
    )


def test_calls_across_the_boundary_and_what_they_fill() -> None:
    check(
        """
unsafe fn f() {
    let p = ffi::c_open();
    ask(p);                          //~ foreign c_open
    ask(CStr::from_ptr(ffi::c_name(p)));   //~ foreign c_name [CStr::from_ptr]
    let mut out = ptr::null_mut();
    ask(out);                        //~ null ptr::null_mut
    ffi::c_fill(&mut out);
    ask(out);                        //~ lent c_fill; null ptr::null_mut
    let mut len = 0;
    ffi::c_fill(p, addr_of_mut!(len));
    ask(len);                        //~ lent c_fill; literal 0
    let mut buffer = [0; 16];
    ffi::c_fill(buffer.as_mut_ptr());
    ask(buffer[0]);                  //~ lent c_fill.[]; literal 0
    ask(open());                     //~ call open
    ask(Box::into_raw(Box::new(1))); //~ call Box::new [into_raw]
    ask(format!("{}", 1));           //~ call format!
}
""",
        asks_origin,
    )


def test_a_pointer_says_what_it_points_into() -> None:
    check(
        """
unsafe fn f(&self, s: &CStr, owned: CString, list: Vec<CString>, name: Option<CString>, raw: *const T) {
    let c = CString::new("a").unwrap();
    ask(c.as_ptr());                 //~ call CString::new [.unwrap .as_ptr] into c
    let p = c.as_ptr();
    ask(p);                          //~ call CString::new [.unwrap .as_ptr] into c
    ask(CString::new("a").unwrap().as_ptr());  //~ call CString::new [.unwrap .as_ptr] into a temporary
    ask(s.as_ptr());                 //~ parameter s [.as_ptr]
    ask(owned.as_ptr());             //~ parameter owned [.as_ptr] into owned
    ask(self.name.as_ptr());         //~ parameter self.name [.as_ptr]
    ask(&self.count);                //~ parameter self.count [&]
    ask(&raw);                       //~ parameter raw [&] into raw
    ask(&(*raw).x);                  //~ parameter raw.*.x [&]
    let n = 5;
    ask(&n as *const i32);           //~ literal 5 [& as *const i32] into n
    ask(addr_of!(n));                //~ literal 5 [addr_of!] into n
    ask(&LIMIT);                     //~ item LIMIT [&]
    ask([1, 2].as_ptr());            //~ made [.as_ptr]
    ask([n, 2].as_ptr());            //~ made [.as_ptr] into a temporary
    ask(b"x\\0".as_ptr());            //~ literal b"x\\0" [.as_ptr]
    for item in list { ask(item.as_ptr()); }          //~ parameter list.item [.as_ptr] into item
    for item in &list { ask(item.as_ptr()); }         //~ parameter list.item [& .as_ptr] into list
    if let Some(x) = name { ask(x.as_ptr()); }        //~ parameter name [.as_ptr] into x
    if let Some(x) = &name { ask(x.as_ptr()); }       //~ parameter name [& .as_ptr] into name
    if let Some(ref x) = name { ask(x.as_ptr()); }    //~ parameter name [.as_ptr]
    name.map(|x| ask(x.as_ptr()));                    //~ parameter name.inner [.as_ptr] into x
    name.as_ref().map(|x| ask(x.as_ptr()));           //~ parameter name.inner [.as_ref .as_ptr] into name
}
""",
        asks_origin,
    )


def test_a_value_that_goes_round_ends() -> None:
    check(
        """
unsafe fn f(mut node: *mut Node) {
    while !node.is_null() {
        ask(node);                   //~ parameter node.*.next; parameter node
        node = (*node).next;
    }
}
""",
        asks_origin,
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("CString::new(s).unwrap()", True),
        ("s.to_string()", True),
        ("vec![1]", True),
        ('format!("a")', True),
        ("[n]", True),
        ("Self { n }", True),
        ("self.name()", None),
        ("s", False),
        ("owned", True),
        ("many", None),
    ],
)
def test_who_owns_what_is_pointed_to(given: str, expected: bool | None) -> None:
    one = code(f"unsafe fn f(&self, s: &str, owned: CString, many: Many<&str>, n: u8) {{ ask({given}); }}")
    ((argument,),) = [call.arguments for call in calls(one, "ask")]
    (found,) = origins(one, argument)
    assert owns(one, found) is expected


def test_self_in_a_path_is_the_type_of_the_impl() -> None:
    one = code("impl CString { unsafe fn f() -> *const u8 { let c = Self::new(1); ask(c.as_ptr()) } }")
    (argument,) = next(calls(one, "ask")).arguments
    assert [owns(one, found) for found in origins(one, argument)] == [True]


# ---- how long what is pointed to lives


def asks_outlives(one: Code, subject: Node, _: Node) -> str:
    return listed(
        f"{scope.extent} {found.held.name if found.held else 'temporary'}" for found, scope in outlives(one, subject)
    )


def all_outlive(source: str) -> dict[int, str]:
    """By line: what each `.as_ptr()` or reference outlives."""
    found: dict[int, str] = {}
    for one in codes(source):
        for call in methods(one, "as_ptr", "as_mut_ptr"):
            if said := asks_outlives(one, call, call):
                found[call.line] = said
    return found


def test_pointers_that_outlive_what_they_point_into() -> None:
    source = """
unsafe fn f(&self, s: &CStr, name: Option<CString>, list: Vec<CString>, out: &mut Vec<*const u8>) -> *const u8 {
    let p = CString::new("a").unwrap().as_ptr();                             //~ let temporary
    let q = CString::new("a")?.as_ptr() as *const u8;                        //~ let temporary
    let fine = CString::new("a").unwrap();
    let r = fine.as_ptr();
    c_open(CString::new("a").unwrap().as_ptr());
    let t = c_open(CString::new("a").unwrap().as_ptr());
    let u = name.map_or(ptr::null(), |n| n.as_ptr());                        //~ closure n
    let v = name.as_ref().map_or(ptr::null(), |n| n.as_ptr());
    let w = match name { Some(n) => n.as_ptr(), None => ptr::null() };       //~ arm n
    let x = match &name { Some(n) => n.as_ptr(), None => ptr::null() };
    let y = if let Some(n) = name { n.as_ptr() } else { ptr::null() };       //~ branch n
    for item in list { out.push(item.as_ptr()); }                            //~ loop item
    for item in &list { out.push(item.as_ptr()); }                           //~ function list
    let z = { let inner = s.to_owned(); inner.as_ptr() };                    //~ block inner
    let a = { let inner = s; inner.as_ptr() };
    let mut late = ptr::null();
    { let inner = s.to_owned(); late = inner.as_ptr(); }                     //~ block inner
    late = s.to_owned().as_ptr();                                            //~ statement temporary
    let pair = (s.to_owned().as_ptr(), 1);                                   //~ let temporary
    let b = &s.to_owned();
    let d = b.as_ptr();
    let e = self.name.as_ptr();
    let kept = [s.to_owned()].as_ptr();                                      //~ let temporary
    return fine.as_ptr();                                                    //~ function fine
}
"""
    expected = {n: found[1].strip() for n, line in enumerate(source.split("\n"), 1) if (found := MARK.search(line))}
    assert all_outlive(source) == expected


def test_an_owner_that_moves_along_is_not_outlived() -> None:
    assert not all_outlive("unsafe fn f() -> S { let c = CString::new(1); let p = c.as_ptr(); S { c, p } }")
    assert not all_outlive("unsafe fn f() -> S { let c = CString::new(1); S { p: c.as_ptr(), c } }")
    assert not all_outlive("unsafe fn f() -> *const u8 { let c = CString::new(1); let p = c.as_ptr(); forget(c); p }")


def test_a_reference_to_a_local_that_is_returned_or_stored() -> None:
    source = """
unsafe fn f(&mut self) -> *const u8 {
    let x = 5;
    self.p = &x;                     //~ function x
    let y = &x as *const u8;         //~ function x
    let z = &x;
    g(&x);
    y
}
"""
    (one,) = codes(source)
    found = {node.line: asks_outlives(one, node, node) for node in one.of(Reference)}
    expected = {n: m[1].strip() for n, line in enumerate(source.split("\n"), 1) if (m := MARK.search(line))}
    assert {line: said for line, said in found.items() if said} == expected


def scope_text(scope: Scope) -> str:
    return f"{scope.extent} {scope.node.line}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("let x = T().a();", "let"),
        ("let x = &T();", "function"),
        ("let x = S { a: &T() };", "function"),
        ("let x = &T().field;", "function"),
        ("let x = f(&T());", "let"),
        ("f(&T());", "statement"),
        ("match T().a() { _ => {} }", "statement"),
        ("if T().a() { }", "condition"),
        ("if let Some(x) = T().a() { }", "statement"),
        ("while let Some(x) = T().a() { }", "loop"),
        ("a && T().a();", "condition"),
        ("match y { _ => T().a(), };", "arm"),
        ("let g = || T().a();", "closure"),
        ("loop { T().a() }", "loop"),
        ("for x in T().a() { }", "statement"),
        ("if y { T().a() } else { z };", "branch"),
        ("let ref x = T();", "function"),
    ],
)
def test_where_a_temporary_ends(written: str, expected: str) -> None:
    one = code(f"unsafe fn f() {{ {written} g(); }}")
    assert scope_of_temporary(one, next(calls(one, "T"))).extent == expected


def test_the_temporary_of_a_tail_ends_with_the_function() -> None:
    one = code("unsafe fn f() { T().a() }")
    assert scope_of_temporary(one, next(calls(one, "T"))).extent == "function"


# ---- what is known at a place


def fact_text(fact: Fact) -> str:
    strength = "" if fact.strength is Strength.ALWAYS else f" ({fact.strength})"
    if fact.known is Known.COMPARED:
        return f"{text(fact.subject)} {fact.operator} {text(fact.other)}{strength}"
    return f"{fact.known}{' ' + fact.text if fact.text else ''}{strength}"


def asks_facts(one: Code, subject: Node, at: Node) -> str:
    return listed(fact_text(fact) for fact in facts_about(one, subject, at))


def asks_null(one: Code, subject: Node, at: Node) -> str:
    return listed(dict.fromkeys(fact.strength for fact in null_checked(one, subject, at)))


def test_checks_for_null_that_hold() -> None:
    check(
        """
unsafe fn f(p: *const u8, q: *const u8, o: Option<u8>) {
    ask(p);
    if !p.is_null() { ask(p); }                      //~ always
    if p.is_null() { ask(p); } else { ask(q); }
    if p.is_null() { ask(q); } else { ask(p); }      //~ always
    if p.is_null() || q.is_null() { ask(p); } else { ask(q); }   //~ always
    if !p.is_null() && g(ask(p)) { }                 //~ always
    if p.is_null() || g(ask(p)) { }                  //~ always
    if !p.is_null() || c { ask(p); }
    if p != ptr::null() { ask(p); }                  //~ always
    if ptr::null_mut() != p as *mut u8 { ask(p); }   //~ always
    if p as usize != 0 { ask(p); }                   //~ always
    if p.is_null() == false { ask(p); }              //~ always
    while !p.is_null() { ask(p); }                   //~ always
    if let Some(r) = p.as_ref() { ask(p); }          //~ always
    if let Some(r) = NonNull::new(p) { ask(p); }     //~ always
    match NonNull::new(p) { None => g(), Some(_) => { ask(p); } }    //~ always
    match p.is_null() { true => g(), false => { ask(p); } }          //~ always
    (!p.is_null()).then(|| ask(p));                  //~ always
    (!p.is_null()).then_some(ask(p));
    p.is_null().then(|| ask(p));
    debug_assert!(!p.is_null());
    ask(p);                                          //~ debug
    let r = p as *const i8;
    assert!(!r.is_null(), "null");
    ask(p.cast::<u16>());                            //~ always; debug
    ask(q);
}
""",
        asks_null,
    )


@pytest.mark.parametrize(
    "check_",
    [
        "if p.is_null() { return; }",
        "if p.is_null() { return Err(1); }",
        "if p.is_null() || n == 0 { log(); return; }",
        "if p.is_null() { panic!(); }",
        "if p.is_null() { std::process::abort(); }",
        "if p.is_null() { if n > 0 { return; } else { return; } }",
        "if !p.is_null() { n += 1; } else { return; }",
        "assert!(!p.is_null());",
        "assert_ne!(p, ptr::null());",
        "let Some(r) = p.as_ref() else { return };",
        "let r = p.as_ref().unwrap();",
        "let r = p.as_ref().ok_or(1)?;",
        'let r = NonNull::new(p).expect("p");',
        "let r = match p.as_ref() { Some(r) => r, None => return };",
        "match p.is_null() { true => return, false => {} }",
        "unsafe { assert!(!p.is_null()); }",
        "let x = if p.is_null() { return } else { 1 };",
        "if !matches!(p.as_ref(), Some(_)) { return; }",
        "let q = p.cast::<u8>(); if q.is_null() { return; }",
        "while p.is_null() { return; } if p.is_null() { return; }",
    ],
)
def test_a_check_that_leaves_holds_behind_it(check_: str) -> None:
    one = code(f"unsafe fn f(p: *const u8, mut n: u8) {{ {check_} ask(p); }}")
    call = next(calls(one, "ask"))
    assert asks_null(one, call.arguments[0], call) == "always"


@pytest.mark.parametrize(
    "check_",
    [
        "if p.is_null() { log(); }",
        "if p.is_null() && n == 0 { return; }",
        "if n == 0 { if p.is_null() { return; } }",
        "if q.is_null() { return; }",
        "if p.is_null() { return; } p = g();",
        "if p.is_null() { return; } c_fill(&mut p);",
        "if p.is_null() { return; } let p = g();",
        "let check = || { if p.is_null() { return; } };",
        "for i in 0..n { if p.is_null() { continue; } }",
        "loop { if p.is_null() { break; } break; }",
        "let ok = !p.is_null();",
        "match n { 0 => assert!(!p.is_null()), _ => {} }",
        "if p.is_null() { return; } loop { p = p.add(1); ask(p);",
    ],
)
def test_a_check_that_does_not_hold_is_no_check(check_: str) -> None:
    closing = "}" if "loop { p" in check_ else ""
    one = code(f"unsafe fn f(mut p: *const u8, q: *const u8, n: u8) {{ {check_} ask(p); {closing} }}")
    call = next(calls(one, "ask"))
    assert asks_null(one, call.arguments[0], call) == ""


def test_a_check_of_a_field_holds_until_the_field_is_written() -> None:
    check(
        """
unsafe fn f(&mut self, other: &S) {
    if self.raw.is_null() || other.raw.is_null() { return; }
    ask(self.raw);                   //~ always
    ask(other.raw);                  //~ always
    ask(self.head);
    self.raw = g();
    ask(self.raw);
    ask(other.raw);                  //~ always
}
""",
        asks_null,
    )


def test_something_that_seems_to_check_is_told_apart() -> None:
    check(
        """
unsafe fn f(p: *const u8, q: *const u8) -> Result {
    null_check!(p);
    ask(p);                          //~ asked
    validate(q)?;
    ask(q);                          //~ asked
}
""",
        asks_null,
    )


def test_comparisons_and_other_facts() -> None:
    check(
        """
unsafe fn f(v: &[u8], n: usize, o: Option<u8>, kind: Kind) {
    if n > v.len() { return; }
    ask(n);                          //~ n <= v.len()
    if let Some(x) = o { ask(o); }   //~ some
    if o.is_none() { return; }
    ask(o);                          //~ some
    assert!(!v.is_empty());
    ask(v);                          //~ not-empty
    if v.len() == 0 { return; }
    ask(v);                          //~ not-empty; not-empty
    match kind { Kind::A => return, Kind::B => {} _ => { ask(kind); } }  //~ not-matches Kind::B; not-matches Kind::A
    if v.as_ptr().align_offset(4) == 0 && n % 4 == 0 { ask(n); }   //~ aligned; n <= v.len()
}
""",
        lambda one, subject, at: listed(
            fact_text(fact)
            for fact in facts_about(one, subject, at)
            if fact.known is not Known.COMPARED or fact.operator in ("<", "<=")
        ),
    )


def test_what_bounds_a_number() -> None:
    check(
        """
unsafe fn f(v: &[u8], n: usize, m: usize, k: i32) {
    ask(n);
    if n < v.len() { ask(n); }       //~ <
    if v.len() >= n { ask(n as usize); }   //~ <=
    if n > 4 { ask(n); }
    assert!(n <= 16);
    ask(n);                          //~ <=
    debug_assert!(m < 4);
    ask(m);                          //~ <
    ask(m.min(4));                   //~ made
    let small = k & 0xff;
    ask(small);                      //~ made
    ask(cmp::min(k, 8));             //~ made
    for i in 0..k { ask(i); }        //~ <
    if let Some(x) = v.get(k) { ask(k); }  //~ get
    if k != 5 { return; }
    ask(k);                          //~ ==
}
""",
        lambda one, subject, at: listed(
            fact.operator or ("get" if fact.known is Known.SOME else fact.text) for fact in bounded(one, subject, at)
        ),
    )


def test_a_closure_inside_catch_unwind() -> None:
    one = code("unsafe fn f() { a(); let r = panic::catch_unwind(AssertUnwindSafe(|| { b(); g(|| c()) })); d(); }")
    caught = {name for name in "abcd" if inside_catch_unwind(one, next(calls(one, name)))}
    assert caught == {"b", "c"}


def test_the_same_value_and_another() -> None:
    one = code(
        "unsafe fn f(p: *mut u8, n: &N) { let q = p.cast::<u8>(); ask(p, q); ask(n.a, n.a); ask(n.len(), n.len());"
        " ask(p, n); let mut r = p; r = g(); ask(p, r); ask(n.a, n.b); }"
    )
    answers = [same(one, *call.arguments) for call in calls(one, "ask")]
    assert answers == [True, True, True, False, False, False]


# ---- what runs after, between, and whose code


def named_calls(one: Code, nodes: list[Node]) -> str:
    return " ".join(
        part.callee.text for node in nodes for part in one.within(node, Call) if hasattr(part.callee, "text")
    )


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("a(); x(); b();", "x"),
        ("a(); if c() { x() } else { y() } b();", "c x y"),
        ("if c() { a(); x() } else { y() } z(); b();", "x z"),
        ("if c() { a() } else { b() }", ""),
        ("match s() { 1 => { a(); x(); } _ => y() } b();", "x"),
        ("b(); x(); a();", ""),
        ("loop { b(); x(); a(); y(); }", "y"),
        ("while c() { b(); x(); a(); }", "c"),
        ("loop { if c() { a() } else { b() } x(); }", "x c"),
        ("a(); { x(); { y(); } } z(g(), b());", "x y g"),
        ("b(a(), x());", "x"),
        ("b(x(a()), y());", "y"),
        ("let r = a(); let s = x(r); b(s);", "x"),
        ("a(); return x(); b();", "x"),
        ("a(); w(|| x()); b();", "w x"),
    ],
)
def test_what_runs_between_two_calls(statements: str, expected: str) -> None:
    one = code(f"unsafe fn f() {{ {statements} }}")
    first, second = next(calls(one, "a")), next(calls(one, "b"))
    found = [name for name in named_calls(one, between(one, first, second)).split() if name not in ("a", "b")]
    assert " ".join(found).replace("x y x", "x y") == expected


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("a(); x();", "x"),
        ("x(); a();", ""),
        ("if c() { a(); x(); } else { y(); } z();", "x z"),
        ("if c() { a(); return; } z();", ""),
        ("loop { x(); a(); y(); } z();", "y x a y z"),
        ("w(|| { a(); x(); }); z();", "x"),
        ("loop { a(); if c() { break; } } z();", "c a c z"),
        ("let v = g(a(), x()); z(v);", "x z"),
    ],
)
def test_what_runs_after_a_call(statements: str, expected: str) -> None:
    one = code(f"unsafe fn f() {{ {statements} }}")
    assert named_calls(one, after(one, next(calls(one, "a")))) == expected


def test_exits_between_two_places() -> None:
    one = code("unsafe fn f() { let b = a(); c()?; w(|| d()?); if e { return; } b(b); }")
    found = exits(one, between(one, next(calls(one, "a")), next(calls(one, "b"))))
    assert [text(node) for node in found] == ["c()?", "return"]


USER = """
impl<T: Codec, U> Drop for Holder<T, U> {
    unsafe fn f<F: FnMut(u8), I, E>(&mut self, mut f: F, g: &dyn Fn(), h: Box<dyn FnOnce()>, i: I, t: T, u: &mut T,
        e: E, r: impl Reader, p: extern "C" fn(u8), v: Vec<T>, o: Option<F>, d: &mut dyn Write)
    where I: Iterator<Item = u8>, E: Eq {
        f(1);                        //~ closure f
        g();                         //~ closure g
        h();                         //~ closure h
        p(1);                        //~ function-pointer p
        (self.callback)(1);          //~ value callback
        let own = |x: u8| x;
        own(1);
        let mut again = f;
        again(2);                    //~ closure again
        if let Some(inner) = o { inner(3); }   //~ closure inner
        T::decode();                 //~ method T
        <T as Codec>::decode();
        helper(1);
        Self::close();
        t.encode();                  //~ method T
        u.encode();                  //~ method T
        r.read_some();               //~ method impl Reader
        d.flush();                   //~ method dyn Write
        v.len();
        v.push(t);
        for x in i { }               //~ iteration I
        if e == e { }                //~ operator E
        self.inner.encode();
    }
}
"""


def test_whose_code_a_call_runs() -> None:
    (one,) = codes(USER)
    found: dict[int, str] = {}
    for node in one.nodes:
        if said := user_code(one, node):
            found[node.line] = f"{said.choice} {said.name}"
    expected = {n: m[1].strip() for n, line in enumerate(USER.split("\n"), 1) if (m := MARK.search(line))}
    assert found == expected


def test_a_default_method_of_a_trait_calls_the_implementor() -> None:
    (one,) = codes("trait T { fn a(&self); fn f(&self) { unsafe { g() }; self.a(); Self::b(); } }")
    assert [said.name for said in user_calls(one, [one.root])] == ["Self", "Self"]


def test_user_code_between_reading_and_writing_a_place() -> None:
    one = code(
        "unsafe fn f<F: Fn(u8) -> u8>(p: *mut u8, f: F) { let v = ptr::read(p); let w = f(v); ptr::write(p, w); }"
    )
    read, write = next(calls(one, "ptr::read")), next(calls(one, "ptr::write"))
    assert [said.name for said in user_calls(one, between(one, read, write))] == ["f"]


def test_where_a_node_may_panic() -> None:
    source = """
unsafe extern "C" fn f(v: &[u8], n: usize, c: &RefCell<u8>, g: impl Fn()) {
    panic!("a");                     //~ CERTAIN
    v.first().unwrap();              //~ EXPLICIT
    assert!(n > 0);                  //~ EXPLICIT
    v[n];                            //~ INDEX
    &v[..];
    n / 2;
    n / v.len();                     //~ DIVISION
    c.borrow_mut();                  //~ BORROW
    g();                             //~ USER
    n + 1;                           //~ DEBUG
    vec![1];                         //~ ALLOCATION
    Box::new(n);                     //~ ALLOCATION
    v.iter().map(|x| x.unwrap());    //~ EXPLICIT
    catch_unwind(|| v[n]);
    v.len();
    h(n);
}
"""
    one = code(source)
    found = {found.node.line: found.degree.name for found in panics(one, one.root, Degree.ALLOCATION)}
    expected = {n: m[1].strip() for n, line in enumerate(source.split("\n"), 1) if (m := MARK.search(line))}
    assert found == expected


# ---- where values go


def local(one: Code, name: str) -> Local:
    for found in parameters(one):
        if found.name == name:
            return found
    raise AssertionError(name)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("return x;", "returned"),
        ("x", "returned"),
        ("Some(S { x })", "returned"),
        ("if a { x } else { y }", "returned"),
        ("self.x = x;", "stored"),
        ("*p = x;", "stored"),
        ("let y = x; let z = y; self.z = z;", "stored"),
        ("v.push(x);", "stored"),
        ("c_register(x);", "foreign"),
        ("c_register(&mut x as *mut _);", "foreign borrowed"),
        ("c_register(x.as_ptr());", "foreign borrowed"),
        ("let p = x.as_ptr(); c_register(p);", "foreign borrowed"),
        ("c_register(Box::into_raw(x).cast());", "foreign"),
        ("g(x);", "passed"),
        ("g(&x);", "passed borrowed"),
        ("mem::forget(x);", "forgotten"),
        ("spawn(move || h(x));", "captured; passed"),
        ("spawn(|| h(1));", ""),
        ("x.len();", ""),
        ("if x.is_null() { }", ""),
        ("let y = x + 1; g(2);", ""),
        ("let x = 1; return x;", ""),
        ("let mut y = g(1); y = x; h(y);", "passed"),
    ],
)
def test_where_a_value_goes(statements: str, expected: str) -> None:
    one = code(f"unsafe fn f(&mut self, x: X, p: *mut X) -> X {{ {statements} }}")
    found = escapes(one, local(one, "x"))
    assert listed(f"{e.way}{' borrowed' if e.borrowed else ''}" for e in found) == expected


# ---- functions and types of a program

PROGRAM = """
-- Cargo.toml --
[package]
name = "store"
-- src/lib.rs --
extern "C" { fn store_name(s: *mut Store) -> *const c_char; fn store_free(s: *mut Store); }
#[derive(Clone, Debug)]
pub struct Store { raw: NonNull<Store>, name: CString, spare: *const u8, count: usize, near: &'static u8 }
pub struct Plain { n: u32 }
unsafe impl<T> Send for Wrapper<T> {}
pub trait Codec: Sized { fn decode(&self); }
impl Drop for Store { fn drop(&mut self) { unsafe { store_free(self.raw.as_ptr()) } } }
impl Store {
    fn name(&self) -> &CStr { unsafe { CStr::from_ptr(ffi::store_name(self.raw.as_ptr())) } }
    fn owned(&self) -> CString { self.name().to_owned() }
    fn a(&self) -> *const c_char { self.owned().as_ptr() }
    fn b(&self) -> *const c_char { self.name().as_ptr() }
    fn c(self) -> *const c_char { self.name.as_ptr() }
    fn d(self) -> *const Store { self.raw.as_ptr() }
    fn e(&self) { guarded(|| unsafe { store_free(self.raw.as_ptr()) }); }
}
-- src/guard.rs --
pub fn guarded<F: FnOnce()>(f: F) { let _ = std::panic::catch_unwind(AssertUnwindSafe(f)); }
-- src/ffi.rs --
pub use crate::*;
#[cfg(test)]
mod tests { fn t() { unsafe { super::store_free(p) } } }
"""


@pytest.fixture(scope="module")
def codebase() -> Codebase:
    return Codebase(review(parse_fragment(PROGRAM).snapshot).program)


def test_calls_across_the_boundary_have_their_symbols(codebase: Codebase) -> None:
    found = {(one.body.name, symbol) for one in codebase.functions() for symbol, _ in foreign_calls(one)}
    assert found >= {("drop", "store_free"), ("name", "store_name"), ("e", "store_free")}


def test_a_function_is_found_by_place_and_by_name(codebase: Codebase) -> None:
    sites = [site for site in codebase.program.sites if site.kind == "unsafe-block" and site.span.path == "src/lib.rs"]
    around = [one.body.name for site in sites if (one := codebase.of_site(site))]
    assert around == ["drop", "name", "e"]
    found = codebase.find("src/lib.rs", "impl Store", "owned")
    assert found is not None
    assert (found.crate, found.area, found.body.returns) == ("store", "library", "CString")
    assert codebase.find("src/lib.rs", "impl Store", "nobody") is None
    assert [one.area for one in codebase.of_file("src/ffi.rs")] == ["test"]
    assert codebase.of_file("src/absent.rs") == ()


def test_what_a_type_promises_and_holds(codebase: Codebase) -> None:
    assert (codebase.drops("&mut Store"), codebase.drops("Plain")) == (True, False)
    assert (codebase.derives("Store", "Clone"), codebase.derives("Store", "Copy")) == (True, False)
    assert codebase.raw_fields("Store") == ["raw", "spare"]
    assert [fact.unsafe for fact in codebase.impls("Wrapper<u8>", "Send")] == [True]
    assert codebase.impls("Store", "Drop", crate="other") == []
    trait = codebase.trait("Codec")
    assert trait is not None
    assert trait.required == ("decode",)


def test_results_of_functions_and_fields_of_self_say_who_owns(codebase: Codebase) -> None:
    said = {}
    for name in "abcd":
        one = codebase.find("src/lib.rs", "impl Store", name)
        assert one is not None
        said[name] = [owns(one, found) for found, _ in outlives(one, next(methods(one, "as_ptr")))]
    assert said == {"a": [True], "b": [], "c": [True], "d": []}


def test_a_function_of_the_crate_that_catches_panics_counts(codebase: Codebase) -> None:
    one = codebase.find("src/lib.rs", "impl Store", "e")
    assert one is not None
    ((_, call),) = foreign_calls(one)
    caught = inside_catch_unwind(one, call)
    assert caught is not None
    assert text(caught.callee) == "guarded"


def test_no_report_shows_bodies(codebase: Codebase) -> None:
    assert b"store_free" in codebase.program.code[1].bodies or b"store_free" in codebase.program.code[2].bodies
    document = json.loads(render(Review(codebase.program, score_sites(codebase))))
    assert not {"code", "bodies"} & document.keys()


# ---- finding and naming


def test_calls_are_found_by_the_end_of_their_path() -> None:
    one = code(
        "unsafe fn f() { std::ffi::CString::new(a); CString::new::<u8>(b); MyCString::new(c); <CString>::new(d);"
        ' new(e); x.new(g); std::println!("{}", CString::new(h)); c_open(); c_open; }'
    )
    assert [text(call.arguments[0]) for call in calls(one, "CString::new")] == ["a", "b", "d", "h"]
    assert [text(call.arguments[0]) for call in calls(one, "new")] == ["a", "b", "c", "d", "e", "h"]
    assert [text(call.receiver) for call in methods(one, "new")] == ["x"]
    assert [symbol for symbol, _ in foreign_calls(one)] == ["c_open"]
    assert [len(arguments(macro)) for macro in macros(one, "println")] == [2]


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("fn f() { let x: Store = unsafe { made() }; }", "Store"),
        ("fn f() { let x = unsafe { made() }; }", ""),
        ("fn f() -> Store { unsafe { made() } }", "Store"),
        ("fn f(n: u32) -> Store { if n > 0 { return unsafe { made() }; } other() }", "Store"),
        ("fn f() -> Store { made(); other() }", ""),
        ("fn f() -> Store { g(unsafe { made() }) }", ""),
        ("fn f() -> Store { g(|| { return made(); }) }", ""),
        ("impl Store { fn f() -> Self { unsafe { made() } } }", "Store"),
    ],
)
def test_the_type_that_a_place_asks_for(function: str, expected: str) -> None:
    (one,) = codes(function.replace("fn f", "unsafe fn f", 1))
    assert expected_type(one, next(calls(one, "made"))) == expected


def test_generic_arguments_as_written() -> None:
    one = code("unsafe fn f() { made::<fn(u8) -> u16, [u8; 4], Map<A, B>>(); x.cast::<u32>(); plain(); }")
    assert turbofish(next(calls(one, "made"))) == ("fn(u8) -> u16", "[u8; 4]", "Map<A, B>")
    assert turbofish(next(methods(one, "cast"))) == ("u32",)
    assert turbofish(next(calls(one, "plain"))) == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Vec::<u8>::new", "Vec::new"),
        ("<Vec<u8>>::new", "Vec::new"),
        ("<T as a::Codec<U>>::f::<V>", "a::Codec::f"),
        ("a::b", "a::b"),
        ("", ""),
    ],
)
def test_a_path_without_generic_arguments(written: str, expected: str) -> None:
    assert plain(written) == expected


@pytest.mark.parametrize(
    ("written", "pointer", "base"),
    [
        ("&'a mut Foo<T>", True, "Foo"),
        ("*const c_char", True, "c_char"),
        ("Option<NonNull<a::Foo>>", True, "NonNull"),
        ("Option<&str>", True, "str"),
        ("Result<*mut T, E>", True, "T"),
        ("Box<Foo>", False, "Foo"),
        ("Vec<&str>", False, "Vec"),
        ("Foo", False, "Foo"),
        ("", False, ""),
    ],
)
def test_types_as_text(written: str, pointer: bool, base: str) -> None:
    assert (is_pointer(written), base_type(written)) == (pointer, base)


def test_a_long_text_is_cut() -> None:
    one = code('unsafe fn f() { g("' + "a" * 100 + '") }')
    assert len(short(one.root.tail)) == 60


# ---- hostile input

TOKENS = st.sampled_from(
    [
        "(",
        ")",
        "{",
        "}",
        ";",
        ",",
        ".",
        "..",
        "=",
        "==",
        "<",
        ">",
        "&&",
        "||",
        "|",
        "&",
        "*",
        "!",
        "?",
        "->",
        "=>",
        "x",
        "y",
        "self",
        "let",
        "mut",
        "if",
        "else",
        "match",
        "loop",
        "while",
        "for",
        "in",
        "return",
        "break",
        "unsafe",
        "move",
        "as",
        "*mut",
        "Some(",
        "x.f(",
        "f(",
        "x",
        "=",
        "&mut",
        "{",
        "let",
        "if",
        "x.is_null()",
        "{",
        "return",
        "}",
        "1",
        "ptr::null()",
        "|x|",
        "a!",
        "_",
        "ref",
        "@",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(TOKENS, max_size=50))
def test_no_question_raises(tokens: list[str]) -> None:
    for one in codes("unsafe fn f<T: A, F: Fn(T)>(x: T, y: *mut u8, f: F) -> u8 { " + " ".join(tokens) + " }"):
        panics(one, one.root)
        for node in one.nodes:
            origins(one, node)
            outlives(one, node)
            guards(one, node)
            null_checked(one, node, node)
            bounded(one, node, node)
            after(one, node)
            between(one, one.nodes[0], node)
            between(one, node, one.nodes[-1])
            user_code(one, node)
            definitions(one, node)
            if found := local_of(one, node):
                escapes(one, found)


def test_a_function_with_very_many_branches_ends_in_time() -> None:
    lines = "".join(f"if c{i} {{ x = y; y = x; }} " for i in range(400))
    one = code(f"unsafe fn f(mut x: u8, mut y: u8) {{ {lines} ask(x); }}")
    call = next(calls(one, "ask"))
    assert origins(one, call.arguments[0])
    assert guards(one, call) == []
    assert isinstance(call, Call)
    assert not list(one.of(MethodCall))
