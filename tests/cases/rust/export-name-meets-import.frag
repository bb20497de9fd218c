The export's symbol is what counts, not the function's name.
checks: link
-- a/Cargo.toml --
[package]
name = "a"
-- a/src/lib.rs --
extern "C" { fn store_alloc(n: usize) -> *mut u8; } //~ link:b/src/lib.rs:2
-- b/Cargo.toml --
[package]
name = "b"
-- b/src/lib.rs --
#[export_name = "store_alloc"]
pub extern "C" fn alloc(n: usize) -> *mut u8 { core::ptr::null_mut() }
pub extern "C" fn store_alloc(n: usize) -> *mut u8 { alloc(n) }
