A method's declaration starts at its type, not at the `public:` above it.
checks: link
-- src/lib.rs --
#[cxx::bridge(namespace = "img")]
mod ffi {
    unsafe extern "C++" {
        type Image;
        fn width(self: &Image) -> u32;                              //~ link:src/image.h:5
    }
}
-- src/image.h --
#pragma once
namespace img {
class Image {
public:
  uint32_t width() const;
};
}
