A cxx bridge: C++ functions for Rust, Rust functions for C++.
checks: site import export via link call
-- Cargo.toml --
[package]
name = "bridge"
-- src/lib.rs --
#[cxx::bridge(namespace = "img")]
mod ffi {
    unsafe extern "C++" {
        include!("image.h");
        type Image;                                                 //~ site:bridge-item
        fn load_image(path: &str) -> UniquePtr<Image>;              //~ site:bridge-item import:load_image via:cxx link:include/image.h:8
        fn width(self: &Image) -> u32;                              //~ site:bridge-item import:width via:cxx link:include/image.h:6
        unsafe fn raw_pixels(image: *const Image) -> *const u8;     //~ site:bridge-item import:raw_pixels via:cxx link:include/image.h:9
    }
    extern "Rust" {
        fn log_message(text: &str);                                 //~ site:bridge-item export:log_message via:cxx
    }
}
fn log_message(text: &str) {}
pub fn open(path: &str) -> u32 {
    let image = ffi::load_image(path);                              //~ call:load_image
    image.width()
}
-- include/image.h --
#pragma once
namespace img {
class Image {
public:
  uint32_t height() const;
  uint32_t width() const;
};
std::unique_ptr<Image> load_image(rust::Str path);
const uint8_t *raw_pixels(const Image *image);
}
-- src/image.cc --
#include "image.h"
namespace img {
void start() {
    log_message("started");                                         //~ call:log_message
}
}
