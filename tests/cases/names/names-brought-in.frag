Names brought in one by one, renamed, grouped, and with a glob.
checks: call
-- Cargo.toml --
[package]
name = "store"
-- src/ffi.rs --
extern "C" {
    pub fn store_put(n: u32) -> i32;
    pub fn store_get(n: u32) -> i32;
    pub fn store_sync() -> i32;
}
-- src/one.rs --
use crate::ffi::store_put;
pub fn f() { unsafe { store_put(1) }; }             //~ call:store_put
-- src/renamed.rs --
use crate::ffi::store_put as c_put;
pub fn f() { unsafe { c_put(1) }; }                 //~ call:store_put
-- src/grouped.rs --
use crate::{ffi::{self, store_get, store_put as put}, other};
pub fn f() { unsafe { store_get(put(ffi::store_sync() as u32) as u32) }; }  //~ call:store_get call:store_put call:store_sync
-- src/glob.rs --
use super::ffi::*;
pub fn f() { unsafe { store_sync() }; }             //~ call:store_sync
-- src/inner.rs --
pub fn f() {
    use crate::ffi::store_get as g;
    unsafe { g(1) };                                //~ call:store_get
}
