A module called `ffi` may hold Rust's own functions.
checks: call
-- Cargo.toml --
[package]
name = "store"
-- src/ffi.rs --
pub fn check_code(code: i32) -> bool { code == 0 }
pub mod sys { pub fn page_size() -> usize { 4096 } }
extern "C" { pub fn store_put(n: u32) -> i32; }
-- src/lib.rs --
mod ffi;
pub fn f() -> bool {
    let n = ffi::sys::page_size();
    ffi::check_code(unsafe { ffi::store_put(n as u32) })  //~ call:store_put
}
