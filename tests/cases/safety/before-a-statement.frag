The comment stands above the statement that holds the block.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8) -> u8 {
    // SAFETY: the caller gives a valid pointer.
    let x = unsafe { *p };                          //~ site:unsafe-block safety:comment
    // SAFETY: still valid,
    // on two lines.
    unsafe { p.add(1) };                            //~ site:unsafe-block safety:comment
    // SAFETY: the statement has several lines.
    let y = call(
        x,
        unsafe { *p },                              //~ site:unsafe-block safety:comment
    );
    /* SAFETY: a block comment. */
    unsafe { *p };                                  //~ site:unsafe-block safety:comment
    // Not an argument at all.
    unsafe { *p }                                   //~ site:unsafe-block
}
