// Unstable syntax that rustc 1.95 parses. Parsed only, never compiled.
default unsafe impl Send for X {}
unsafe impl const Foo for Y {}
const unsafe trait CT { unsafe fn q(); }
pub const unsafe trait CT2 { }
struct UF { unsafe f: u8, pub unsafe g: unsafe<'a> fn(&'a u8) }
impl X { default unsafe fn d() {} default const unsafe fn e() {} }
macro m2($x:expr) { unsafe { $x } }
pub macro m3 { ($x:expr) => { unsafe { $x } }, ($y:ty) => { unsafe impl Send for $y {} } }
fn f() { do yeet unsafe { 1 };  try { unsafe { 1 } };  }
extern "C" { type O; unsafe fn x(); }
fn never() -> ! { unsafe { core::hint::unreachable_unchecked() } }
fn cb(x: impl [const] Tr,  z: impl const Tr + ?Sized) { unsafe { 1 } }
fn pinned(x: &pin mut T, y: &pin const T) { unsafe { 2 } }
impl !Sync for Z {}
pub unsafe auto trait AT { }
static X: u8 = const { unsafe { 1 } };
