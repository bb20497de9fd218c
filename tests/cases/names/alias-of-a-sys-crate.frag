`use libstore_sys as raw`: the paths lead to the sys crate's extern items, and to C.
checks: call link
-- libstore-sys/Cargo.toml --
[package]
name = "libstore-sys"
-- libstore-sys/src/lib.rs --
extern "C" {
    pub fn store_put(n: u32) -> i32;                //~ link:libstore-sys/c/store.h:1
}
-- libstore-sys/c/store.h --
int store_put(unsigned int n);
-- store/Cargo.toml --
[package]
name = "store"
-- store/src/lib.rs --
use libstore_sys as raw;
use raw as inner;
pub fn put() -> i32 {
    unsafe { raw::store_put(1) }                    //~ call:store_put
}
pub fn put_inner() -> i32 {
    unsafe { inner::store_put(1) }                  //~ call:store_put
}
pub fn put_whole() -> i32 {
    unsafe { libstore_sys::store_put(1) }           //~ call:store_put
}
