The comment stands behind the block or the item, on the same line.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8) -> u8 {
    let a = unsafe { *p }; // SAFETY: behind it.    //~ site:unsafe-block safety:comment
    unsafe { *p } // SAFETY: behind a tail.         //~ site:unsafe-block safety:comment
}
unsafe impl Send for B {} // SAFETY: about B.       //~ site:unsafe-impl safety:comment
