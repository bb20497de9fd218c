// `unsafe` in token trees: rules, interpolation, languages of macros, nesting. Parsed only, never compiled.
macro_rules! a { ($n:ident, $($t:ty),*) => { unsafe impl Send for $n {} $(unsafe impl Sync for $t {})* pub unsafe fn $n() { unsafe { $n() } } };
 ($(#[$m:meta])* $v:vis unsafe fn $n:ident() $b:block) => { $(#[$m])* $v unsafe fn $n() $b };
 (@x $e:expr) => { unsafe { $e } }; ($s:item) => { unsafe $s }; [$f:ident] => [ unsafe extern "C" { $v fn $f(); } ]; }
paste! { pub unsafe fn [<foo_ $x>]() { unsafe { [<bar $x>]() } } unsafe impl Send for [<X $y>] {} }
quote! { unsafe { #x } unsafe impl #generics Foo for #name #where_clause { #(#items)* } pub unsafe fn #name(#(#args),*) -> #ret { unsafe { #body } } unsafe extern #abi { #f } }
cfg_if! { if #[cfg(x)] { unsafe extern "C" { fn a(); } unsafe fn q() {} } else { extern "C" { static B: u8; } unsafe impl Send for Q {} } }
fn f() {
 tokio::select! { x = unsafe { a() } => { unsafe { b() } } _ = c => unsafe { d() }, }
 matches!(unsafe { x }, Some(y) if unsafe { y });
 thread_local! { static X: u8 = unsafe { 1 }; static Y: u8 = const { unsafe { 2 } }; }
 lazy_static! { static ref Z: u8 = unsafe { 3 }; }
 bitflags! { struct F: u8 { const A = unsafe { B }; } }
 let x = json!({ "a": unsafe { 1 }, "b": [unsafe { 2 }] });
 assert!(unsafe { ok() }, "unsafe {{ {} }}", unsafe { 4 });
 try_init!(T { a <- unsafe { b() }, c: unsafe { d() }, _: { unsafe { e() } } }? E);
 pin_init!(&this in Self { a: unsafe { x(&raw mut (*this).b) } });
 container_of!(ptr, unsafe fn(), x); offset!(unsafe extern "C" fn(u8), Option<unsafe fn()>);
 proc!(|x| unsafe { x }, move || unsafe { y });
 a!(unsafe fn name() { unsafe {} }); b!(unsafe, unsafe { 3 }, unsafe); c!(unsafe move |x| x);
 d!(#[x] unsafe { 3 } => unsafe { 4 }; unsafe { 5 } : unsafe { 6 });
 e!(<unsafe fn()>::x, unsafe trait Foo { unsafe fn m(); }, unsafe mod x {});
 g!{ unsafe { h!( unsafe { i![ unsafe { j!{ unsafe { 1 } } } ] } ) } }
 k!(r#unsafe, 'unsafe, "unsafe", /* unsafe */ unsafe { 1 });
 asm!("x", in(reg) unsafe { 1 }); unsafe { asm!("nop") };
}
module! { type: X, name: "x", init: unsafe { y }, }
kunit! { unsafe fn t() { } }
static X: T = mac!(unsafe scope);
fn g(x: Option<Token![unsafe]>) { }
fn g2(x: [u8; m!(unsafe zz)]) -> m!(unsafe k) where Q: R<m!(unsafe z)> { }
unsafe_op! { fn x() { unsafe { 1 } } }
#[attr(unsafe { 1 })] #[cfg_attr(x, unsafe(no_mangle), link_name = "a")] pub fn h() {}
