// Stable syntax, edition 2024, that readers of Rust get wrong. Parsed only, never compiled.
pub(in crate::x) const unsafe extern "C" fn a1() {}
async unsafe fn a2() {}
pub const unsafe fn a3<const N: usize>() where [(); { unsafe { N } }]: {}
unsafe extern r"C" fn a4() {}
unsafe extern r#"C"# fn a5() {}
extern "Rust" fn a6() {}
unsafe extern "Rust" fn a7() {}
extern fn a8() {}
extern "C-unwind" fn a9() {}
extern /* c */ "C" /* unsafe */ fn a10(f: unsafe extern "C" fn(u8)) {}
fn a11(f: unsafe fn()) -> unsafe fn() { f }
unsafe impl<T: ?Sized> Send for W<T> where T: Send {}
unsafe impl Sync for W<{ 3 }> {}
unsafe impl !Send for U {}
pub unsafe auto trait Au {}
pub unsafe trait Tr: Send { unsafe fn m(&self); const C: u8 = unsafe { 1 }; extern "C" fn e(); unsafe extern "C" fn e2() {} }
impl Tr for () { #[inline] unsafe fn m(&self) { unsafe {} } }
mod m { pub(super) unsafe fn q() {} unsafe extern "C" { pub(crate) safe static S: u8; pub unsafe static mut T: u8; safe fn s(); pub safe fn s2(x: u8, ...) -> u8; #[cfg(a)] #[link_name = "k"] unsafe fn u(); type O; } }
extern "C" { fn v(fmt: *const u8, ...); static A: u8; static mut B: u8; pub type Opaque; #[cfg(x)] fn c1(); }
extern {}
extern { fn d(); }
unsafe extern { fn d2(); }
fn blocks() {
    let x = unsafe { 1 } + unsafe { 2 };
    let c = move || unsafe { 1 };
    let c = async { unsafe { 1 } };
    let c = const { unsafe { 1 } };
    let r = &raw const x; let r = &raw mut y;
    match unsafe { 1 } { 1 if unsafe { true } => unsafe { 3 }, _ => {} }
    if let Some(x) = unsafe { f() } && let Some(y) = unsafe { g() } { unsafe { h() } }
    while unsafe { true } {}
    let Some(x) = (unsafe { f() }) else { unsafe { u() } };
    #[allow(x)] unsafe { 1 };
    #[cfg(a)] unsafe { 1 }
    let z = #[rustfmt::skip] unsafe { 2 };
    f(#[cfg(x)] unsafe { 1 }, unsafe { 2 });
    let s = S { #[cfg(x)] a: unsafe { 1 }, b: unsafe { 2 }, ..unsafe { d() } };
    let S { #[cfg(x)] a, ref b, .. } = unsafe { s };
    (x as usize) < unsafe { 3 };
    let y = (x as usize) < unsafe { 3 };
    let v: Vec<dyn 'static + Fn(unsafe fn())> = unsafe { v() };
    let v: &(dyn '_ + Send) = unsafe { q() };
    let f: Foo<-1> = unsafe { 1 };
    let f: Foo<{ unsafe { 2 } }> = unsafe { 1 };
    unsafe { 1 }.foo().await?;
    *unsafe { p } = 3;
    return unsafe { 3 };
    break 'a unsafe { 3 };
    let a = [unsafe { 1 }; unsafe { 3 }];
    let a = || -> u8 { unsafe { 1 } };
    for i in unsafe { 0 }..unsafe { 3 } {}
    let r = ..unsafe { 3 };
    'l: { unsafe { 2 } }
    loop { unsafe { break } }
    static mut Q: u8 = 0;
    static R: u8 = unsafe { 1 };
    extern "C" { fn inner(); }
    unsafe extern "C" fn cb() { unsafe {} }
    unsafe impl Send for K {}
    let c"x" = unsafe { c"unsafe { }" };
    let s = br##"unsafe { "# "##; let ch = '"'; let l = 'a'; let u = unsafe { '\'' };
    let r#unsafe = 1;
    println!("{}", unsafe { 1 }); vec![unsafe { 1 }; 3];
    let _ = x::<unsafe fn()>();
    let t = if true { unsafe { 1 } } else { unsafe { 2 } };
    let c = |f: unsafe extern "C" fn(u8) -> u8| unsafe { f(1) };
    let c = for<'a> |x: &'a u8| -> &'a u8 { unsafe { x } };
    let c = async move |x| unsafe { x };
    match x { 0..=9 | 10.. => unsafe {}, ..=3 => {} A::<{ 3 }>::B => {} }
    match x { &raw => {}, box_ => {}, safe => {}, union => {}, auto => {}, default => {}, r#try => {} }
    let union = 1; let safe = 2; safe(); union { a: 1 };
    let n = 1..=unsafe { 3 }; let e = 1e3f32; let g = 0x1_u8; let q = x.0.1; 
    unsafe {};unsafe{}
    yield_ = unsafe { async_(|| unsafe {}) };
}
union Un { a: u8 }
pub(crate) union Un2<T> where T: Copy { a: T }
type F = unsafe extern "C" fn(*mut u8);
type G = for<'a> unsafe fn(&'a u8);
struct S { f: Option<unsafe extern "C" fn()>, g: unsafe fn() }
const X: unsafe fn() = { unsafe fn k() {} k };
enum E { A = unsafe { 3 } as isize, B([u8; unsafe { 3 }]) }
impl<const N: usize> P<{ unsafe { N } }> { pub const unsafe fn z() {} }
fn impl_tr() -> impl use<> + Sized + 'static { unsafe { 1 } }
fn impl_use<'a, T>() -> impl Sized + use<'a, T> { unsafe { 1 } }
#[unsafe(no_mangle)] pub extern "C" fn ex1() {}
#[unsafe(no_mangle)] pub unsafe extern "C" fn ex2() {}
#[no_mangle] pub unsafe fn ex3() {}
#[unsafe(export_name = "k")] pub static mut EX4: u8 = 1;
#[unsafe(no_mangle)] pub static EX5: u8 = 1;
#[no_mangle] unsafe extern "C" fn variadic(x: u8, mut args: ...) {}
trait WithDefaults { unsafe fn d() where Self: Sized { unsafe {} } }
#[unsafe(naked)] pub unsafe extern "C" fn nk() { core::arch::naked_asm!("ret") }
