A Rust function of the C function's name is what a bare call means, where it stands in the file.
checks: call
-- Cargo.toml --
[package]
name = "store"
-- src/ffi.rs --
extern "C" { pub fn store_put(n: u32) -> i32; }
-- src/lib.rs --
mod ffi;
pub fn store_put(n: u32) -> i32 {
    unsafe { ffi::store_put(n) }                    //~ call:store_put
}
pub fn twice() -> i32 { store_put(1) + self::store_put(2) }
pub struct Store;
impl Store {
    fn store_put(&self, n: u32) -> i32 { 0 }
    fn both(&self) -> i32 { self.store_put(1) + Store::store_put(self, 2) + Self::store_put(self, 3) }
}
-- src/other.rs --
use crate::store_put;
pub fn f() -> i32 { store_put(1) + crate::store_put(2) }
