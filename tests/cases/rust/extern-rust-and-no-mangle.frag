Rust declares what Rust exports, by its own ABI.
checks: import export link direction call
-- a/Cargo.toml --
[package]
name = "a"
-- a/src/lib.rs --
extern "Rust" {
    fn store_alloc(n: usize) -> *mut u8;            //~ import:store_alloc link:b/src/lib.rs:2 direction:rust-to-rust
}
pub fn f() { unsafe { store_alloc(1) }; }           //~ call:store_alloc
-- b/Cargo.toml --
[package]
name = "b"
-- b/src/lib.rs --
#[no_mangle]
fn store_alloc(n: usize) -> *mut u8 { core::ptr::null_mut() }  //~ export:store_alloc
