Checks that go away or hold only in debug builds, a panic that is no longer caught, `unsafe fn` that becomes safe. A check
that only got another layout is still there.
checks: change cause
-- src/lib.rs --
pub fn null(p: *const u8) -> u8 {
    if p.is_null() {
        return 0;
    }
    unsafe { *p }
}
pub fn bounds(v: &[u8], i: usize) -> u8 {
    assert!(i < v.len());
    unsafe { *v.get_unchecked(i) }
}
pub fn same(v: &[u8], i: usize) -> u8 {
    assert!(i < v.len());
    unsafe { *v.get_unchecked(i) }
}
pub extern "C" fn hook(p: *mut u8) {
    let _ = std::panic::catch_unwind(|| { work(p) });
}
pub fn register() { unsafe { set_hook(hook) } }
pub unsafe fn trusted(p: *const u8) -> u8 {     //~ removed:unsafe-fn
    unsafe { *p }
}
== after ==
-- src/lib.rs --
pub fn null(p: *const u8) -> u8 {
    unsafe { *p }                               //~ affected:unsafe-block cause:check-removed cause:function-around
}
pub fn bounds(v: &[u8], i: usize) -> u8 {
    debug_assert!(i < v.len());
    unsafe { *v.get_unchecked(i) }              //~ affected:unsafe-block cause:check-weakened cause:function-around cause:finding
}
pub fn same(v: &[u8], i: usize) -> u8 {
    assert!(
        i < v.len()
    );
    unsafe { *v.get_unchecked(i) }
}
pub extern "C" fn hook(p: *mut u8) {         //~ changed:callback cause:catch-removed cause:operation-removed
    work(p);
}
pub fn register() { unsafe { set_hook(hook) } }
pub fn trusted(p: *const u8) -> u8 {
    unsafe { *p }                               //~ changed:unsafe-block cause:unsafe-dropped cause:header cause:function-around cause:finding
}
