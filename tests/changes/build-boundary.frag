Options of bindgen, link flags, a new -sys crate, lint levels and ffireview's own settings: notes, for they belong to no site.
checks: note
-- build.rs --
fn main() {
    bindgen::Builder::default()
        .header("wrapper.h")
        .allowlist_function("store_.*")
        .generate();
    println!("cargo:rustc-link-lib=store");
}
-- Cargo.toml --
[package]
name = "demo"
[dependencies]
libc = "0.2"
-- src/lib.rs --
#![deny(unsafe_op_in_unsafe_fn)]
pub fn f() {}
== after ==
-- build.rs --
fn main() {
    bindgen::Builder::default()
        .header("wrapper.h")
        .allowlist_function("store_.*")
        .opaque_type("store")               //~ note:build
        .generate();
    println!("cargo:rustc-link-lib=static=store"); //~ note:build
}
-- Cargo.toml --
[package]
name = "demo"
[dependencies]
libc = "0.2"
libz-sys = "1"                              #~ note:build
-- src/lib.rs --
#![allow(unsafe_op_in_unsafe_fn)]           //~ note:lint-loosened
pub fn f() {}
