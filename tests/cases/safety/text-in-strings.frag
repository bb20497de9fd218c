A string is no comment.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8) {
    let text = "// SAFETY: in a string";
    unsafe { log("// SAFETY: in the block", *p) };  //~ site:unsafe-block
}
