Two crates declare one name under two symbols: each call means its own crate's.
checks: call
-- a/Cargo.toml --
[package]
name = "a"
-- a/src/lib.rs --
extern "C" { #[link_name = "store_put_a"] fn put(n: u32) -> i32; }
pub fn f() { unsafe { put(1) }; }                   //~ call:store_put_a
-- b/Cargo.toml --
[package]
name = "b"
-- b/src/lib.rs --
extern "C" { #[link_name = "store_put_b"] fn put(n: u32) -> i32; }
pub fn f() { unsafe { put(1) }; }                   //~ call:store_put_b
