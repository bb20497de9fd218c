A block is new, one changes what it does, one goes away, and one stays as it was.
checks: change cause
-- src/lib.rs --
pub fn first(p: *const u8) -> u8 {
    // SAFETY: p is valid.
    unsafe { *p }
}
pub fn second(p: *mut u8) {
    unsafe { *p = 1 }                   //~ removed:unsafe-block
}
pub fn third(p: *const u8) -> u8 {
    unsafe { *p }
}
== after ==
-- src/lib.rs --
pub fn first(p: *const u8) -> u8 {
    // SAFETY: p is valid.
    unsafe { *p.add(1) }                //~ changed:unsafe-block cause:operation-added cause:safety-kept
}
pub fn second(_p: *mut u8) {}
pub fn third(p: *const u8) -> u8 {
    unsafe { *p }
}
pub fn fourth(p: *const [u8; 4]) -> u32 {
    unsafe { std::mem::transmute(*p) }  //~ new:unsafe-block
}
