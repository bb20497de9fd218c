How projects write it.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8) {
    // Safety: as a sentence.
    unsafe { *p };                                  //~ site:unsafe-block safety:comment
    // Safe because the caller checked.
    unsafe { *p };                                  //~ site:unsafe-block safety:comment
    // JUSTIFICATION: as Chromium writes.
    unsafe { *p };                                  //~ site:unsafe-block safety:comment
    // SAFETY (caller): with a remark.
    unsafe { *p };                                  //~ site:unsafe-block safety:comment
    // NOTE: SAFETY: after another tag.
    unsafe { *p };                                  //~ site:unsafe-block safety:comment
    // The safety of this is discussed elsewhere.
    unsafe { *p };                                  //~ site:unsafe-block
    // UNSAFETY: as others write.
    unsafe { *p };                                  //~ site:unsafe-block safety:comment
    // TODO: add a SAFETY comment.
    unsafe { *p };                                  //~ site:unsafe-block
}
