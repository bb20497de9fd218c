Code changes and its SAFETY text does not; the text names what is gone; it became a placeholder; it was removed; it was
made better with the code as it was. Where both change there is no drift.
checks: change cause
-- src/lib.rs --
pub fn kept(p: *const u8) -> u8 {
    // SAFETY: the first byte is always there.
    unsafe { *p }
}
pub(crate) fn names(p: *const u8, checked_len: usize) -> u8 {
    // SAFETY: `checked_len` was compared above.
    unsafe { *p.add(checked_len) }
}
pub fn placeholder(p: *const u8) -> u8 {
    // SAFETY: the caller keeps the page mapped.
    unsafe { *p.add(2) }
}
pub fn removed(p: *const u8) -> u8 {
    // SAFETY: the caller keeps the page mapped.
    unsafe { *p.add(3) }
}
pub fn better(p: *const u8) -> u8 {
    // SAFETY: valid.
    unsafe { *p.add(4) }
}
pub fn both(p: *const u8) -> u8 {
    // SAFETY: five bytes are there.
    unsafe { *p.add(5) }
}
== after ==
-- src/lib.rs --
pub fn kept(p: *const u8) -> u8 {
    // SAFETY: the first byte is always there.
    unsafe { *p.add(1) }                //~ changed:unsafe-block cause:operation-added cause:safety-kept
}
pub(crate) fn names(p: *const u8, size: usize) -> u8 {
    // SAFETY: `checked_len` was compared above.
    unsafe { *p.add(size) }             //~ affected:unsafe-block cause:safety-names-gone
}
pub fn placeholder(p: *const u8) -> u8 {
    // SAFETY: TODO
    unsafe { *p.add(2) }                //~ changed:unsafe-block cause:safety-placeholder
}
pub fn removed(p: *const u8) -> u8 {
    unsafe { *p.add(3) }                //~ changed:unsafe-block cause:safety-removed cause:finding
}
pub fn better(p: *const u8) -> u8 {
    // SAFETY: the caller promises five bytes.
    unsafe { *p.add(4) }                //~ changed:unsafe-block cause:safety-text
}
pub fn both(p: *const u8) -> u8 {
    // SAFETY: seven bytes are there.
    unsafe { *p.add(6) }                //~ changed:unsafe-block cause:code
}
