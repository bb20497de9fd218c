A method of the same name in another class is not the one.
checks: link
-- src/lib.rs --
#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        type Image;
        fn width(self: &Image) -> u32;                              //~ link:src/image.h:5 link:src/image.cc:1
    }
}
-- src/image.h --
#pragma once
class Image {
public:
  uint32_t height() const;
  uint32_t width() const;
};
class Window {
public:
  uint32_t height() const;
  uint32_t width() const;
};
-- src/image.cc --
uint32_t Image::width() const { return 1; }
uint32_t Window::width() const { return 2; }
