A module hands extern items on, another crate uses them through it.
checks: call
-- sys/Cargo.toml --
[package]
name = "store-sys"
-- sys/src/lib.rs --
mod generated;
pub use generated::*;
-- sys/src/generated.rs --
extern "C" { pub fn store_put(n: u32) -> i32; }
-- store/Cargo.toml --
[package]
name = "store"
-- store/src/lib.rs --
use store_sys::store_put;
pub fn f() { unsafe { store_put(1) }; }             //~ call:store_put
pub fn g() { unsafe { store_sys::store_put(1) }; }  //~ call:store_put
