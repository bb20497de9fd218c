The comment stands first in the block, on its opening line, or right before it.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8) -> u8 {
    unsafe {                                        //~ site:unsafe-block safety:comment
        // SAFETY: first in the block.
        touch(*p);
    }
    unsafe {                                        //~ site:unsafe-block
        touch(*p);
        // SAFETY: too late, about what follows.
        touch(*p);
    }
    let x = /* SAFETY: right before. */ unsafe { *p };  //~ site:unsafe-block safety:comment
    unsafe { // SAFETY: on the opening line.        //~ site:unsafe-block safety:comment
        touch(*p);
    }
    x
}
