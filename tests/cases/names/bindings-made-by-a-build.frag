Bindings that only a build makes: their calls cross, to the header where it is here.
checks: call link
-- Cargo.toml --
[package]
name = "store"
-- src/lib.rs --
mod sys { include!(concat!(env!("OUT_DIR"), "/bindings.rs")); }
pub fn f() {
    unsafe { sys::store_put(1) };                   //~ call:store_put link:c/store.h:1
    unsafe { sys::SSL_new() };                      //~ call:SSL_new
}
-- c/store.h --
int store_put(unsigned int n);
