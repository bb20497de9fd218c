`libc::read` is the system's, not a function of the tree that has the name.
checks: link
-- Cargo.toml --
[package]
name = "store"
-- src/lib.rs --
pub fn f(fd: i32) {
    unsafe { libc::read(fd, core::ptr::null_mut(), 0) };
}
-- c/store.c --
int read(struct store *s) { return 0; }
