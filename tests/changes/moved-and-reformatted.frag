A function moves to another file, another is laid out anew and gets comments, a third is renamed: nothing is new.
checks: change
-- src/lib.rs --
mod other;
pub fn stays(p: *const u8, n: usize) -> u8 {
    // SAFETY: p is valid.
    unsafe { *p.add(n) }
}
pub fn goes(p: *mut u32, n: usize) {
    unsafe { std::ptr::write_bytes(p.add(n), 0, n); std::ptr::write(p, 7) }
}
pub fn old_name(p: *const u64, n: usize) -> u64 {
    unsafe { p.add(n).read_unaligned() + p.sub(n).read_unaligned() }
}
-- src/other.rs --
pub fn nothing() {}
== after ==
-- src/lib.rs --
mod other;
pub fn stays(p: *const u8, n: usize) -> u8 {
    // SAFETY: p is valid.
    unsafe {
        // the n-th byte
        *p.add(
            n,
        )
    }
}
pub fn new_name(p: *const u64, n: usize) -> u64 {
    unsafe { p.add(n).read_unaligned() + p.sub(n).read_unaligned() } //~ renamed:unsafe-block
}
-- src/other.rs --
pub fn nothing() {}
pub fn goes(p: *mut u32, n: usize) {
    unsafe { std::ptr::write_bytes(p.add(n), 0, n); std::ptr::write(p, 7) } //~ moved:unsafe-block
}
