An empty line does not part a comment from what follows, nor does it for clippy.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8) {
    // SAFETY: the caller gives a valid pointer.

    unsafe { touch(*p) };                           //~ site:unsafe-block safety:comment
}

// SAFETY: the pointer is never shared.

unsafe impl Send for A {}                           //~ site:unsafe-impl safety:comment
