A comment that trails the statement or item before belongs to that one.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8) -> u8 {
    touch(a); // SAFETY: about nothing unsafe.
    unsafe { touch(b) };                            //~ site:unsafe-block
}
struct A; // SAFETY: about the type.
unsafe impl Sync for A {}                           //~ site:unsafe-impl
// SAFETY: about the first impl.
unsafe impl Send for B {}                           //~ site:unsafe-impl safety:comment
unsafe impl Sync for B {}                           //~ site:unsafe-impl
