`&raw const` is a borrow, not a binary operator on a name.
checks: site op
-- src/lib.rs --
static mut COUNT: u32 = 0;                          //~ site:static-mut
fn count() -> u32 {
    let p = &raw const COUNT;
    unsafe { *p }                                   //~ site:unsafe-block op:raw-deref
}
