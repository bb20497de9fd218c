`cxx_name` gives the C++ name; `rust_name` the Rust one.
checks: link import
-- Cargo.toml --
[package]
name = "bridge"
-- src/lib.rs --
#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        #[cxx_name = "loadImage"]
        fn load_image(path: &str) -> u32;                           //~ import:loadImage link:src/image.h:2
        #[rust_name = "save_image"]
        fn saveImage(path: &str) -> u32;                            //~ import:saveImage link:src/image.h:3
    }
}
-- src/image.h --
#pragma once
uint32_t loadImage(rust::Str path);
uint32_t saveImage(rust::Str path);
