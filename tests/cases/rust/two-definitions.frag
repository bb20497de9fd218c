Two crates define what a third declares: a build takes one, both are shown.
checks: link
-- a/Cargo.toml --
[package]
name = "a"
-- a/src/lib.rs --
extern "C" { fn store_alloc(n: usize) -> *mut u8; } //~ link:b/src/lib.rs:2 link:c/src/lib.rs:2
-- b/Cargo.toml --
[package]
name = "b"
-- b/src/lib.rs --
#[no_mangle]
extern "C" fn store_alloc(n: usize) -> *mut u8 { core::ptr::null_mut() }
-- c/Cargo.toml --
[package]
name = "c"
-- c/src/lib.rs --
#[unsafe(no_mangle)]
extern "C" fn store_alloc(n: usize) -> *mut u8 { core::ptr::null_mut() }
