"""The inventory of a file: every item, what it says of itself, what its body touches; and what only looks alike."""

import time

import pytest

from ffireview.extract.c import Kind
from ffireview.extract.c.items import items_of_c
from ffireview.extract.rust import extract_rust
from ffireview.extract.rust.items import items_of_rust
from ffireview.model.items import Item, ItemKind
from ffireview.model.place import Range


def rust(source: str, name: str = "f", kind: ItemKind | None = None) -> Item:
    (found,) = (i for i in items_of_rust(source.encode()) if i.name == name and (kind is None or i.kind is kind))
    return found


def c(source: str, name: str = "f", kind: Kind = Kind.C) -> Item:
    (found,) = (item for item in items_of_c(source.encode(), kind) if item.name == name)
    return found


def body(text: str) -> Item:
    """A Rust function with this body."""
    return rust(f"fn f() {{ {text}\n}}")


def c_body(text: str) -> Item:
    """A C function with this body."""
    return c(f"int f(struct s *p, int n)\n{{\n{text}\n}}\n")


def listed(items: tuple[Item, ...]) -> list[str]:
    return [f"{item.kind} {item.owner}/{item.name}" for item in items]


def at(line: int, column: int, end_line: int, end_column: int) -> Range:
    return Range(line, column, end_line, end_column)


def place(scope: Range | None) -> tuple[int, int, int, int] | None:
    return (scope.line, scope.column, scope.end_line, scope.end_column) if scope else None


# ---- Rust: which items there are, and under which path


def test_every_kind_of_rust_item() -> None:
    source = """\
use std::fs;
mod m;
struct S;
union U { a: u8 }
enum E { A }
trait T { type Out; fn t(&self); }
impl T for S { fn t(&self) {} }
const C: u8 = 1;
static G: u8 = 2;
type A = u8;
macro_rules! k { () => {}; }
extern "C" { fn x(); static y: u8; }
"""
    assert listed(items_of_rust(source.encode())) == [
        "use /std::fs", "module /m", "struct /S", "union /U", "enum /E", "trait /T", "alias T/Out", "function T/t",
        "impl /T for S", "function impl T for S/t", "constant /C", "static /G", "alias /A", "macro /k",
        'extern-block /extern "C"', "function /x", "static /y",
    ]  # fmt: skip


NESTED = """\
mod outer {
    impl<T: Copy> Drop for Holder<T> where T: Send {
        fn drop(&mut self) {
            fn helper(p: *mut u8) { unsafe { *p = 0 } }
            unsafe { free(self.p) }
        }
    }
    macro_rules! make { ($n:ident) => { pub fn $n() { unsafe { go() } } } }
}
thread_local! { static CELL: u8 = unsafe { first() }; }
"""


def test_the_owner_is_the_one_that_sites_and_functions_carry() -> None:
    items, facts = items_of_rust(NESTED.encode()), extract_rust(NESTED.encode())
    functions = {(item.owner, item.name) for item in items if item.kind is ItemKind.FUNCTION}
    assert {(function.owner, function.name) for function in facts.functions} <= functions
    paths = {item.path for item in items} | {""}
    assert {site.owner for site in facts.sites} <= paths
    assert "outer::impl Drop for Holder<T>::drop::helper" in paths
    assert "outer::make!::$n" in paths


def test_an_item_inside_a_macro_knows_the_macro() -> None:
    cell = next(item for item in items_of_rust(NESTED.encode()) if item.name == "CELL")
    assert (cell.kind, cell.macro and cell.macro.name) == (ItemKind.STATIC, "thread_local")


def test_what_a_nested_function_does_is_its_own() -> None:
    outer, inner = (rust("fn f() { fn g(x: u8) { one(); } two(); }", name) for name in "fg")
    assert [call.name for call in outer.calls] == ["two"]
    assert [call.name for call in inner.calls] == ["one"]
    assert [local.name for local in outer.locals] == []


# ---- Rust: what an item says of itself


def test_a_place_starts_at_the_first_attribute_and_not_at_the_documentation() -> None:
    item = rust("/// Says.\n#[inline]\n// why\n#[cold]\npub(crate) unsafe fn f() {\n}\n")
    assert item.at == at(2, 1, 6, 2)
    assert item.body_at == at(5, 26, 6, 2)
    assert (item.attributes, item.visibility, item.unsafe) == (("inline", "cold"), "pub(crate)", True)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("fn f(a: u8) { g(a) }", "fn f(\n    a: u8,\n) {\n    // why\n    g(a)\n}", ("head", "body")),
        ("/// One.\nfn f() {}", "/// Another.\n#[doc = \"x\"]\nfn f() {}", ("head", "body")),
        ("fn f() { g(1) }", "fn f() { g(2) }", ("head",)),
        ("fn f() {}", "#[inline]\nfn f() {}", ("body",)),
        ("fn f() {}", "pub fn f() {}", ("body",)),
        ("fn f() { \"a b\"; }", "fn f() { \"a c\"; }", ("head",)),
    ],
    ids=["layout", "documentation", "body", "attribute", "visibility", "string"],
)  # fmt: skip
def test_hashes_tell_head_from_body(before: str, after: str, same: tuple[str, ...]) -> None:
    one, other = rust(before), rust(after)
    assert tuple(part for part in ("head", "body") if getattr(one, part) == getattr(other, part)) == same


def test_the_value_of_a_constant_is_its_body() -> None:
    one, other = rust("const f: u8 = 1 << 3;"), rust("const f: u8 = 1 << 4;")
    assert one.head == other.head
    assert one.body != other.body
    assert (one.type, one.value) == ("u8", "1 << 3")
    assert rust("static mut f: [u8; 2] = [0; 2];").type == "mut [u8; 2]"
    assert rust("type f<T> = Box<dyn Fn( T )>;").type == "Box<dyn Fn(T)>"


def test_a_function_knows_signature_trait_and_type() -> None:
    item = rust("impl<'a> io::Read for Reader<'a> { fn f(&self, n: usize) -> io::Result<u8> { Ok(0) } }")
    assert (item.trait, item.self_type, item.returns) == ("io::Read", "Reader<'a>", "io::Result<u8>")
    assert item.signature is not None
    assert [(p.name, p.type) for p in item.signature.parameters] == [("self", "&Self"), ("n", "usize")]
    assert rust("impl<T> Reader<T> { fn f() {} }").self_type == "Reader<T>"
    assert rust("trait Lend { fn f(&self); }").trait == "Lend"
    assert rust("impl<F> Call for fn(F) -> u8 { fn f() {} }").self_type == "fn(F) -> u8"


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ('unsafe extern "C" { pub safe fn f(); }', "f", ("C", True, False)),
        ('extern "system" { fn f(); }', "f", ("system", False, False)),
        ('unsafe extern "C" { fn g(); }', 'extern "C"', ("C", False, True)),
        ('pub unsafe extern "C" fn f() {}', "f", ("C", False, True)),
        ("fn f() {}", "f", ("Rust", False, False)),
        ("unsafe impl Send for S {}", "Send for S", ("", False, True)),
    ],
)
def test_abi_and_safety(source: str, name: str, expected: tuple[str, bool, bool]) -> None:
    item = rust(source, name)
    assert (item.abi, item.safe, item.unsafe) == expected


def test_fields_with_visibility_attributes_and_place() -> None:
    item = rust(
        "#[repr(C)]\npub struct f<T> {\n    pub(in crate::a) ptr: *mut T,\n    #[cfg(unix)]\n    fd: Option< i32 >,\n}"
    )
    assert [(f.name, f.type, f.visibility, f.attributes, place(f.at)) for f in item.fields] == [
        ("ptr", "*mut T", "pub(incrate::a)", (), (3, 5, 3, 33)),
        ("fd", "Option<i32>", "", ("cfg(unix)",), (5, 5, 5, 22)),
    ]
    assert item.attributes == ("repr(C)",)
    assert [(f.name, f.type, f.visibility) for f in rust("struct f(pub u8, Vec<u8>);").fields] == [
        ("0", "u8", "pub"), ("1", "Vec<u8>", "")
    ]  # fmt: skip


def test_enumerators_count_from_the_last_written_value() -> None:
    item = rust("enum f { A, B = 0x10, C(u8, S), D { x: i32 } = LAST, E, F = A | B, G }")
    assert [(e.name, e.value, e.payload) for e in item.enumerators] == [
        ("A", "0", ""), ("B", "16", ""), ("C", "17", "(u8, S)"), ("D", "LAST", "{ x: i32 }"), ("E", "LAST + 1", ""),
        ("F", "A | B", ""), ("G", "(A | B) + 1", ""),
    ]  # fmt: skip


def test_conditions_and_tests_come_from_all_around() -> None:
    source = '#[cfg(unix)] mod m { #[cfg(feature = "x")] impl S { #[cfg(not(test))] fn f() {} } }'
    assert rust(source).cfg == ("unix", 'feature = "x"', "not(test)")
    assert not rust(source).test
    assert rust("#[cfg(test)] mod m { fn f() {} }").test
    assert rust("#[test] fn f() {}").test


# ---- Rust: what a body touches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("let n = self.inner.len;", ["inner read", "len read"]),
        ("self.inner.len = 1;", ["inner write", "len write"]),
        ("self.len += self.step;", ["len write", "step read"]),
        ("self.buf[self.i].x = 1;", ["buf write", "i read", "x write"]),
        ("*self.p = 1;", ["p read"]),
        ("(*self.p).x = 1;", ["p read", "x write"]),
        ("g(&mut self.a, &self.b, &raw mut self.c);", ["a borrow", "b read", "c borrow"]),
        ("addr_of_mut!((*p).x); addr_of!((*p).y);", ["x borrow", "y read"]),
        ("self.items.push(self.n);", ["items receiver", "n read"]),
        ("self.make().x;", ["x read"]),
        ("t.0.1 = 2;", ["0 write", "1 write"]),
        ("S { len, cap: self.cap };", ["len initialise", "cap initialise", "cap read"]),
        ("let S { len, cap: c, .. } = s;", ["len read", "cap read"]),
        ("f.await; s.collect::<Vec<_>>(); 1.0; m::x;", []),
        ("(self.call)(1);", ["call read"]),
        ("assert!(self.len < 3); vec![self.first];", ["len read", "first read"]),
    ],
)
def test_fields(text: str, expected: list[str]) -> None:
    assert [f"{touch.name} {touch.how}" for touch in body(text).touched] == expected


def test_a_field_has_its_path_and_place() -> None:
    (_, second) = body("self\n  .inner // why\n  .len;").touched
    assert (second.path, place(second.at)) == ("self.inner.len", (3, 4, 3, 7))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("g(1); a::b::g(2); Vec::<u8>::new();", ["g function g", "g function a::b::g", "new function Vec::<u8>::new"]),
        ("x.h(); x.h::<u8>();", ["h method h", "h method h"]),
        ('panic!("{}", g()); log::info!("x");', ["panic macro panic", "g function g", "info macro log::info"]),
        ("Some(1); Ok(2); Point(3);", ["Point function Point"]),
        ("if (a) {} match (b) {} return (c);", []),
        ("let h = g;", []),
        ("<T as Trait>::g();", ["g function <T as Trait>::g"]),
        ('concat!("g()", 1); // g()', ["concat macro concat"]),
    ],
)
def test_calls(text: str, expected: list[str]) -> None:
    assert [f"{call.name} {call.form} {call.path}" for call in body(text).calls] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("g(LIMIT, m::OTHER);", ["LIMIT", "m::OTHER"]),
        ("let limit = 1; g(limit, LIMIT);", ["LIMIT"]),
        ("let x: Box<m::T> = y;", ["Box", "m::T", "y"]),
        ("match x { LIMIT => 1, m::A => 2, other => other }", ["x", "LIMIT", "m::A"]),
        ("x.field; x.method(); Some(None::<u8>)", ["x"]),
        ("'a: loop { break 'a }", []),
        ("#[allow(lint)] let x = 1;", []),
        ("LIMIT; LIMIT;", ["LIMIT"]),
        ("size_of::<T>(); S { len: 1 }", ["T", "S"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert sorted(name.path for name in body(text).names) == sorted(expected)


def test_generics_and_own_name_are_no_names() -> None:
    item = rust("fn f<'a, T: Bound, const N: usize>(x: &'a T) -> [T; N] { f::<T, N>(x) }")
    assert [name.path for name in item.names] == ["Bound"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("fn f(mut a: u8, (b, _): (u8, u8), S { c, d: e }: S) {}", ["a", "b", "c", "e"]),
        ("fn f() { let x = 1; let (y, mut z) = t; if let Some(w) = o {} }", ["x", "y", "z", "w"]),
        ("fn f() { for (i, v) in xs {} while let Ok(r) = n() {} }", ["i", "v", "r"]),
        ("fn f() { match x { A::B(n) if n > LOW => 1, LOW => 2, m @ 3..=4 => 3, 5 => 4 } }", ["n", "m"]),
        ("fn f() { let Some(x) = o else { return }; }", ["x"]),
        ("fn f<'a>(x: &'a u8) { 'l: loop {} }", ["'a", "x", "'l"]),
        ("fn f() { g!(let x = 1;); }", ["x"]),
    ],
)
def test_locals(source: str, expected: list[str]) -> None:
    assert [local.name for local in rust(source).locals] == expected


def test_which_locals_can_be_called() -> None:
    item = rust('fn f(n: u8, call: impl Fn(u8), hook: unsafe extern "C" fn()) { let add = |x| x; let y = add(1); }')
    assert {local.name for local in item.locals if local.callable} == {"call", "hook", "add"}


def test_the_lifetimes_of_an_impl_are_a_functions_own() -> None:
    assert [local.name for local in rust("impl<'a> S<'a> { fn f(&self, x: u8) {} }").locals] == ["x", "'a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if p.is_null() { g() }", ["null p.is_null() if"]),
        ("if !p.is_null() && i < self.len { g() }", ["null !p.is_null() if", "bounds i < self.len if"]),
        ("if p == ptr::null_mut() {}", ["null p == ptr::null_mut() if"]),
        ("let ok = p.is_null();", ["null p.is_null() "]),
        ("NonNull::new(p).ok_or(E)?;", ["null NonNull::new(p) ", "try NonNull::new(p).ok_or(E)? "]),
        ("Box::new(p);", []),
        ("if (a || b) && !c {}", ["truth a if", "truth b if", "truth !c if"]),
        ("if a == b {} if index == b {}", ["comparison a == b if", "bounds index == b if"]),
        ("if align_of::<T>() == 8 {}", ["comparison align_of::<T>() == 8 if"]),
        ("if g(len) == 0 {} if a.len() == g(b) {}", ["comparison g(len) == 0 if", "bounds a.len() == g(b) if"]),
        ("if a >> 3 == b {}", ["comparison a >> 3 == b if"]),
        ("while i <= n {}", ["bounds i <= n while"]),
        ("let x = a < b;", []),
        ("match x { n if n < LEN => 1, _ => 2 }", ["bounds n < LEN match"]),
        ("for i in 0..self.len {} for x in xs {}", ["bounds 0..self.len for"]),
        ("if let Some(x) = y && x != 0 {}", ["pattern let Some(x) = y if", "comparison x != 0 if"]),
        ('assert!(i < n, "{}", i);', ["assert i < n assert!"]),
        ("debug_assert!(i < n);", ["debug-assert i < n debug_assert!"]),
        ("assert_eq!(a.len(), b); debug_assert_ne!(a, b);", [
            "assert a.len() == b assert_eq!", "debug-assert a != b debug_assert_ne!"]),
        ("my_assert!(i < n); asserted(i < n);", []),
        ("a.checked_add(b); a.saturating_sub(b); a.wrapping_add(b);", [
            "checked a.checked_add(b) ", "checked a.saturating_sub(b) "]),
        ("u8::try_from(a); a.try_into(); u8::from(a);", ["checked u8::try_from(a) ", "checked a.try_into() "]),
        ("std::panic::catch_unwind(|| g());", ["catch std::panic::catch_unwind(|| g()) "]),
        ("g()?;", ["try g()? "]),
    ],
)  # fmt: skip
def test_checks(text: str, expected: list[str]) -> None:
    assert [f"{check.kind} {check.text} {check.by}" for check in body(text).checks] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if n > 3 { return Err(E); }", [("return Err(E)", "if", "n > 3")]),
        ("if n > 3 { } else { return }", [("return", "else", "n > 3")]),
        ("let Some(x) = y else { return None };", [("return None", "let else", "let Some(x) = y")]),
        ("match x { Err(e) => return e, _ => {} }", [("return e", "match", "Err(e)")]),
        ("if a { if b { return 1 } }", [("return 1", "if", "b")]),
        ("g(); return 1;", []),
        ("if a { xs.map(|x| return x); }", []),
    ],
)
def test_early_returns(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = body(text).checks
    assert [(check.text, check.by, check.under) for check in found if check.kind == "exit"] == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if i<self.len() {}", "if i <\n  self . len( ) {} // why"),
        ("assert!(a . b,);", "assert!(\n    a.b\n);"),
        ("if ! p.is_null() {}", "if !p\n    .is_null() {}"),
    ],
)
def test_the_text_of_a_check_does_not_depend_on_layout(before: str, after: str) -> None:
    assert [check.text for check in body(before).checks] == [check.text for check in body(after).checks]


LOCKS = """\
fn f() {
    let a = self.m.lock();
    let b = self.m.lock().unwrap();
    let c = self.m.lock().unwrap().len();
    let _ = self.m.lock();
    let _d = self.m.lock();
    let e = &mut *self.m.lock();
    self.m.lock().push(1);
    {
        let g = self.r.read()?;
        drop(g);
        let h = self.r.borrow_mut();
        if x { drop(h); }
    }
    if let Ok(i) = self.m.lock() {
        go();
    }
    match self.m.lock().state {
        _ => {}
    }
    if self.m.lock().ready {}
    let j = match self.m.lock() { Ok(j) => j, Err(p) => p.into_inner() };
    self.raw.lock();
    self.raw.unlock();
    file.read(&mut buffer);
    unsafe { p.read() };
    irq.lock_irqsave();
}
"""


def test_locks_and_how_far_they_reach() -> None:
    end = (28, 1)
    expected = {
        2: ("a", *end), 3: ("b", *end), 4: None, 5: None, 6: ("_d", *end), 7: ("e", *end), 8: None, 10: ("g", 11, 16),
        12: ("h", 14, 5), 15: ("i", 17, 6), 18: ("", 20, 6), 21: None, 22: ("j", *end), 23: ("", 24, 22), 27: None,
    }  # fmt: skip
    got = {
        lock.at.line: (lock.guard, lock.scope.end_line, lock.scope.end_column) if lock.scope else None
        for lock in rust(LOCKS).locks
    }
    assert got == expected
    assert {(lock.name, lock.what) for lock in rust(LOCKS).locks if lock.at.line in (2, 10, 12)} == {
        ("lock", "self.m"), ("read", "self.r"), ("borrow_mut", "self.r")
    }  # fmt: skip


def test_locks_in_the_style_of_c_reach_to_their_unlock() -> None:
    (lock,) = body("b::spin_lock(l); go(); b::spin_unlock(l); block(); s.clock(); m.is_locked();").locks
    assert (lock.name, lock.what, lock.text) == ("spin_lock", "l", "b::spin_lock(l)")
    assert place(lock.scope) == (1, 10, 1, 50)


# ---- C: which items there are


def test_every_kind_of_c_item() -> None:
    source = """\
#include <a.h>
#define LIMIT 4
typedef unsigned long word;
struct s { int a; };
union u { int a; };
enum e { A, B };
typedef struct { int x; } t;
typedef struct n { int x; } n_t, *n_p;
extern int counter;
static const char *names[] = { "a" }, *last;
int proto(int a);
int f(int a) { return a; }
"""
    assert listed(items_of_c(source.encode(), Kind.C)) == [
        "macro /LIMIT", "typedef /word", "struct /s", "union /u", "enum /e", "enumerator e/A", "enumerator e/B",
        "struct /t", "struct /n", "typedef /n_t", "typedef /n_p", "variable /counter", "variable /names",
        "variable /last", "prototype /proto", "function /f",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("int\nf(a, b)\n\tint a;\n\tchar *b;\n{ return a; }", ["function /f"]),
        ("SYSCALL_DEFINE2(open, int, fd, int, flags)\n{\n}\n", ["function /open"]),
        ("TEST(Suite, Case) {}\nTEST(Suite, Other) {}", ["function /Suite.Case", "function /Suite.Other"]),
        ('MODULE_LICENSE("GPL")\nstatic int f(void) {}', ["function /f"]),
        ("EXPORT_SYMBOL(f);\nmodule_init(f);\nint f(void) {}", ["function /f"]),
        ("GIT_EXTERN(int) f(int a);", ["prototype /f"]),
        ("extern int ZEXPORT f OF((int a));", ["prototype /f"]),
        ("static struct s *__f(struct s *p)\n{\n}", ["function /__f"]),
        ("void (*f(int sig))(int) { return 0; }", ["function /f"]),
        ("int (*f)(int) = g;", ["variable /f"]),
        ("struct s __attribute__((packed)) f = { .a = 1 };", ["variable /f"]),
        ("struct __attribute__((packed)) f { int a; };", ["struct /f"]),
        ("struct EXPORTED f { int a; } __packed;", ["struct /f"]),
        ("#ifdef A\nint f(int a) {\n#else\nint f(void) {\n#endif\n}\nint g(void) {}", ["function /f", "function /g"]),
        ("#if 0\nint f(void) {\n#else\nint g(void) {\n#endif\n}\nint h(void) {}", ["function /g", "function /h"]),
        ("int f(void) { if (x) { }\n}\n}\nint g(void) {}", ["function /f", "function /g"]),
        ("int f(void) { if (x) {\n}\nint g(void) {\n}\n", ["function /f", "function /g"]),
        ("/* int f(void) {} */ // int g(void) {}\n", []),
        ('char *f = "int g(void) {}";', ["variable /f"]),
        ("int f(int a) __must_check;", ["prototype /f"]),
        ('extern "C" {\nint f(void);\n}', ["prototype /f"]),
    ],
)
def test_c_items_at_any_price(source: str, expected: list[str]) -> None:
    assert listed(items_of_c(source.encode(), Kind.C)) == expected


CPP = """\
namespace a::b {
class API_EXPORT Foo : public Base<int> {
  int x_ = 3;
public:
  Foo(int a) : x_(a), v_{a} { init(); }
  ~Foo() override = default;
  bool operator==(const Foo &o) const { return x_ == o.x_; }
  template <class T = int> T get(T t) { return t; }
  static int count;
protected:
  enum class Mode : uint8_t { On };
  std::vector<int> v_;
};
int Foo::late(int q) const { return this->x_; }
}
extern "C" int plain(void) { return 0; }
using T = int;
"""


def test_cpp_items_have_their_scopes() -> None:
    found = items_of_c(CPP.encode(), Kind.CPP)
    assert listed(found) == [
        "struct a::b/Foo", "function a::b::Foo/Foo", "prototype a::b::Foo/~Foo", "function a::b::Foo/operator==",
        "function a::b::Foo/get", "enum a::b::Foo/Mode", "enumerator a::b::Foo::Mode/On", "function a::b::Foo/late",
        "function /plain",
    ]  # fmt: skip
    record, plain = found[0], found[-1]
    assert [(f.name, f.type, f.visibility) for f in record.fields] == [
        ("x_", "int", "private"), ("count", "int", "public"), ("v_", "std::vector<int>", "protected")
    ]  # fmt: skip
    assert (record.abi, plain.abi) == ("C++", "C")


# ---- C: what an item says of itself


def test_a_c_function_knows_head_body_and_signature() -> None:
    item = c("static inline __must_check int\nf(const char *name, size_t n)\n{\n\treturn 0;\n}\n")
    assert (item.storage, item.attributes, item.returns) == ("static inline", ("__must_check",), "int")
    assert item.signature is not None
    assert [(p.name, p.type) for p in item.signature.parameters] == [("name", "const char *"), ("n", "size_t")]
    assert (item.at, item.body_at) == (at(1, 1, 5, 2), at(3, 1, 5, 2))


def test_c_fields_as_written() -> None:
    item = c("struct f {\n  int a, *b;\n  unsigned flags : 3;\n  char name[LEN];\n  int (*cb)(void *);\n"
             "  struct { int x; } in;\n  union { int u; };\n  struct s __user *p;\n};")  # fmt: skip
    assert [(f.name, f.type) for f in item.fields] == [
        ("a", "int"), ("b", "int *"), ("flags", "unsigned : 3"), ("name", "char [LEN]"), ("cb", "int (*)(void *)"),
        ("in", "struct { int x; }"), ("", "union { int u; }"), ("p", "struct s *"),
    ]  # fmt: skip


def test_c_enumerators_and_constants_have_values() -> None:
    found = items_of_c(b"enum e { A, B = 010, C, D = B | 1, E };\n#define N (1 << 3)\nint v = N;\n", Kind.C)
    assert [(i.name, i.value) for i in found if i.kind is not ItemKind.ENUM] == [
        ("A", "0"), ("B", "8"), ("C", "9"), ("D", "B | 1"), ("E", "(B | 1) + 1"), ("N", "(1 << 3)"), ("v", "N")
    ]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_macro_of_several_lines(newline: str) -> None:
    source = newline.join(["#define f(a, b) \\", "\tg((a), \\", "\t  (b)) /* why */", "int after;", ""])
    item = c(source)
    assert (item.head, item.body) == (c("#define f(a,b) x\n").head, c("#define f(x) g((a), (b))\n").body)
    assert item.at.end_line == 3
    assert [call.name for call in item.calls] == ["g"]
    assert [local.name for local in item.locals] == ["a", "b"]


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("int f(int a) { return a; }", "int\nf(int a)\n{\n  /* why */ return a;\n}", ("head", "body")),
        ("int f(int a) { return a; }", "int f(int a) { return -a; }", ("head",)),
        ("int f(int a) { return a; }", "int f(long a) { return a; }", ("body",)),
        ("struct f { int a; };", "struct f { int a; } __packed;", ("body",)),
        ("int f(void) {\n#if A\n  g();\n#endif\n}", "int f(void) {\n#if B\n  g();\n#endif\n}", ("head",)),
    ],
    ids=["layout", "body", "parameter", "attribute", "condition"],
)
def test_hashes_of_c(before: str, after: str, same: tuple[str, ...]) -> None:
    one, other = c(before), c(after)
    assert tuple(part for part in ("head", "body") if getattr(one, part) == getattr(other, part)) == same


def test_conditions_around_a_c_item() -> None:
    assert c("#ifdef A\n#if B > 1\nint f(void);\n#endif\n#endif\n").cfg == ("defined(A)", "B > 1")


# ---- C: what a body touches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n = p->a.b;", ["a read", "b read"]),
        ("p->a.b = 1;", ["a write", "b write"]),
        ("p->a->b = 1;", ["a read", "b write"]),
        ("p->buf[p->i] += 1;", ["buf write", "i read"]),
        ("p->n++; --p->m;", ["n write", "m write"]),
        ("g(&p->a, &p->b->c, n & p->d);", ["a borrow", "b read", "c borrow", "d read"]),
        ("p->ops->open(p);", ["ops read", "open read"]),
        ("x = (struct s){ .a = 1 };", ["a initialise"]),
        ("if (p->a == 1) n = 1.5;", ["a read"]),
    ],
)
def test_c_fields_touched(text: str, expected: list[str]) -> None:
    assert [f"{touch.name} {touch.how}" for touch in c_body(text).touched] == expected


def test_c_calls_names_and_locals() -> None:
    item = c_body("\tint i, *q = NULL, a[LEN];\n\tstruct bar *b = g(p);\n\tMACRO(n);\n\tif (n & MASK) goto out;\n"
                  "\tq = sizeof(u8) + global;\nout:\n\treturn (i);")  # fmt: skip
    assert [(call.name, call.form) for call in item.calls] == [("g", "function"), ("MACRO", "macro")]
    assert [name.name for name in item.names] == ["LEN", "bar", "MASK", "u8", "global"]
    assert {local.name for local in item.locals} == {"p", "n", "i", "q", "a", "b"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if (!p || n > LIMIT) g();", ["truth !p if", "bounds n > LIMIT if"]),
        ("if (unlikely(p->next == NULL)) g();", ["null p->next == NULL if"]),
        ("for (i = 0; i < n; i++) g();", ["bounds i < n for"]),
        ("while (g(a, b) && (c)) {}", ["truth g(a, b) while", "truth c while"]),
        ("switch (n) { }", ["truth n switch"]),
        ("BUG_ON(n == 0); assert(p); DCHECK(n < 3);", [
            "assert n == 0 BUG_ON", "assert p assert", "debug-assert n < 3 DCHECK"]),
        ("n = a < b; g(a == b);", []),
    ],
)  # fmt: skip
def test_c_checks(text: str, expected: list[str]) -> None:
    assert [f"{check.kind} {check.text} {check.by}" for check in c_body(text).checks] == expected


def test_c_locks() -> None:
    item = c_body("spin_lock_irqsave(&p->l, flags);\ng();\nspin_unlock_irqrestore(&p->l, flags);\nmutex_lock(&p->m);\n"
                  "if (n) {\nguard(mutex)(&p->k);\nh();\n}\nrcu_read_lock();\nblock(n);\nclock(n);\n"
                  "if (n) { rcu_read_unlock(); return 1; }\nrcu_read_unlock();")  # fmt: skip
    assert [(lock.name, lock.what, lock.at.line, lock.scope and lock.scope.end_line) for lock in item.locks] == [
        ("spin_lock_irqsave", "&p->l", 3, 5), ("mutex_lock", "&p->m", 6, 16), ("guard", "&p->k", 8, 10),
        ("rcu_read_lock", "", 11, 15),
    ]  # fmt: skip


def test_cpp_lock_ends_with_its_block() -> None:
    (item,) = items_of_c(b"void f() {\n { std::lock_guard<std::mutex> g(m_);\n }\n}\n", Kind.CPP)
    (lock,) = item.locks
    assert (lock.name, lock.what, lock.guard, lock.scope and lock.scope.end_line) == ("lock_guard", "m_", "g", 3)


# ---- bytes that are no program


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_windows_line_ends_change_no_hash_and_no_place(newline: str) -> None:
    rows = ["#[inline]", "fn f(a: u8) {", "    if a < 3 { return; }", "}", ""]
    item = rust(newline.join(rows))
    assert (item.head, item.body) == (rust(" ".join(rows)).head, rust(" ".join(rows)).body)
    assert (item.at, item.checks[0].at) == (at(1, 1, 4, 2), at(3, 8, 3, 13))


def test_columns_are_code_points_and_invalid_bytes_are_text() -> None:
    (item,) = items_of_rust("fn f() { /* é */ g(); }".encode())
    assert place(item.calls[0].at) == (1, 18, 1, 19)
    (item,) = items_of_rust(b'fn f() { "\xff\xfe"; g(); }')
    assert place(item.calls[0].at) == (1, 16, 1, 17)
    (item,) = items_of_c(b'int f(void) { return g("\xe9"); }', Kind.C)
    assert [call.name for call in item.calls] == ["g"]


def test_an_error_in_one_item_does_not_hide_the_next() -> None:
    assert {"f", "g"} <= {item.name for item in items_of_rust(b"fn f() { let = ; }\nfn g() { h() }\n")}
    assert "g" in {item.name for item in items_of_rust(b"@@ ??\nfn g() { h() }\n")}


DEEP = 2_000


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\0\0", b"fn", b"fn f(", b'fn f() { "', b"impl", b"struct S {", b"macro_rules! m", b"'", b"/*", b"#[",
        b"fn f() { " + b"(" * DEEP + b")" * DEEP + b" }",
        b"fn f() { " + b"{" * DEEP + b"}" * DEEP + b" }",
        b"fn f() { " + b"if a { return; " * DEEP + b"}" * DEEP + b" }",
        b"fn f() { if " + b"(a && " * DEEP + b"b" + b")" * DEEP + b" {} }",
        b"fn f() { " + b"m!(" * DEEP + b")" * DEEP + b" }",
        b"fn f() { " + b"let a = x.lock(); " * DEEP + b" }",
        b"fn f() { " + b"x.lock(); x.unlock(); " * DEEP + b" }",
        b"fn f() { " + b"a.b" * DEEP + b" = 1; }",
        b"#[a] " * DEEP + b"fn f() {}",
    ],
)  # fmt: skip
def test_no_rust_is_too_strange(text: bytes) -> None:
    start = time.monotonic()
    for end in (len(text), len(text) * 2 // 3):
        items_of_rust(text[:end])
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\0", b"int f(", b"struct {", b"#define", b"#if", b'"', b"'", b"/*", b"enum", b"typedef", b"template <",
        b"int f(void) " + b"{" * DEEP + b"}" * DEEP,
        b"int f(void) { return " + b"(" * DEEP + b")" * DEEP + b"; }",
        b"#if A\n" * DEEP + b"int f(void) {\n" + b"#else\n}\n#endif\n" * DEEP,
        b"struct s {" * DEEP + b"}" * DEEP + b";",
        b"A(" * DEEP, b"a* " * DEEP * 10, b"operator " * DEEP, b"class " * DEEP + b"{", b"int a, " * DEEP,
        b"void f(void) {" + b"spin_lock(&a);" * DEEP + b"}",
        b"void f(void) {" + b"int a = 1;" * DEEP + b"}",
        b"void f(void) { if " + b"(a && " * DEEP + b"b" + b")" * DEEP + b"; }",
        b"void f(void) {" + b"p->" * DEEP + b"x = 1; }",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [Kind.C, Kind.CPP])
def test_no_c_is_too_strange(text: bytes, kind: Kind) -> None:
    start = time.monotonic()
    for end in (len(text), len(text) * 2 // 3):
        items_of_c(text[:end], kind)
    assert time.monotonic() - start < 20
