`libc::close` is the system's, even when the tree has a function of the same name and shape.
checks: link
-- Cargo.toml --
[package]
name = "store"
-- src/lib.rs --
pub fn f(fd: i32) {
    unsafe { libc::close(fd) };
    unsafe { libc::pthread_create(fd) };
}
-- c/store.c --
int close(int handle) { return 0; }
int pthread_create(int handle) { return 0; }
