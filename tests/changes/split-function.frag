A function gives its body to a new one under another name: the block is where its code went, and what calls it is new.
checks: change
-- src/lib.rs --
pub fn connect(raw: *mut u8, n: usize) {
    prepare();
    unsafe { std::ptr::write_bytes(raw.add(n), 0, n); std::ptr::write(raw, 7) }
}
== after ==
-- src/lib.rs --
pub fn connect(raw: *mut u8, n: usize) {
    unsafe { std::ptr::write_bytes(raw, 0, n) }                                 //~ new:unsafe-block
}
pub fn connect_with(raw: *mut u8, n: usize) {
    prepare();
    unsafe { std::ptr::write_bytes(raw.add(n), 0, n); std::ptr::write(raw, 7) } //~ renamed:unsafe-block
}
