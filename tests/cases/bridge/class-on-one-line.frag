A class written on one line.
checks: link
-- src/lib.rs --
#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        type Image;
        fn width(self: &Image) -> u32;                              //~ link:src/image.h:2
    }
}
-- src/image.h --
#pragma once
class Image { public: uint32_t width() const; };
