Comments inside macros count as anywhere.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8) {
    assert_eq!(
        // SAFETY: the pointer is valid.
        unsafe { *p },                              //~ site:unsafe-block safety:comment
        1
    );
}
macro_rules! read {
    ($p:expr) => {
        // SAFETY: the caller gives a valid pointer.
        unsafe { *$p }                              //~ site:unsafe-block safety:comment
    };
}
