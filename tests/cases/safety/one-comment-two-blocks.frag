Two blocks in one statement share the comment above it.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8) -> u8 {
    // SAFETY: both offsets are in bounds.
    add(unsafe { *p }, unsafe { *p.add(1) })        //~ site:unsafe-block site:unsafe-block safety:comment safety:comment
}
