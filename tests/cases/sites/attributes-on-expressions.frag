Attributes on statements, arms and blocks.
checks: site
-- src/lib.rs --
fn f(p: *const u8) -> u8 {
    #[allow(clippy::undocumented_unsafe_blocks)]
    unsafe { *p };                                  //~ site:unsafe-block
    let x = #[cfg(unix)] unsafe { *p };             //~ site:unsafe-block
    match x {
        #[cfg(windows)]
        0 => unsafe { *p },                         //~ site:unsafe-block
        _ => 0,
    }
}
