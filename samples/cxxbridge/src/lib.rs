// SPDX-License-Identifier: Apache-2.0
//! Draws on images that a C++ class holds.

use std::slice;

use cxx::UniquePtr;

#[cxx::bridge(namespace = "canvas")]
pub mod ffi {
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    struct Size {
        width: u32,
        height: u32,
    }

    #[derive(Debug)]
    enum LogLevel {
        Info,
        Warning,
    }

    extern "Rust" {
        type Progress;
        fn report(self: &mut Progress, percent: u32) -> bool;

        fn palette_colour(index: u8) -> u32;
        fn log_line(level: LogLevel, line: &CxxString);
    }

    unsafe extern "C++" {
        include!("canvas/include/image.h");

        type Image;
        fn new_image(size: Size) -> UniquePtr<Image>;
        fn decode(bytes: &[u8]) -> Result<UniquePtr<Image>>;
        fn images_made() -> usize;

        fn width(&self) -> u32;
        fn height(self: &Image) -> u32;
        fn stride(self: &Image) -> usize;
        fn title(self: &Image) -> &CxxString;
        #[rust_name = "set_title"]
        fn setTitle(self: Pin<&mut Image>, title: &str);
        fn pixels(self: &Image) -> *const u8;
        fn row(self: &Image, y: u32) -> &[u8];
        fn resize(self: Pin<&mut Image>, width: u32, height: u32);
        fn fill(self: Pin<&mut Image>, index: u8, progress: &mut Progress);
    }
}

const PALETTE: [u32; 16] = {
    let mut colours = [0; 16];
    let mut index = 0;
    while index < 16 {
        colours[index] = 0xff00_0000 | (index as u32) * 0x0011_1111;
        index += 1;
    }
    colours
};

fn palette_colour(index: u8) -> u32 {
    PALETTE[usize::from(index)]
}

fn log_line(level: ffi::LogLevel, line: &cxx::CxxString) {
    eprintln!("{level:?}: {}", line.to_string_lossy());
}

/// What C++ tells about a long operation.
pub struct Progress {
    percent: u32,
    limit: u32,
}

impl Progress {
    pub fn new(limit: u32) -> Self {
        Progress { percent: 0, limit }
    }

    fn report(&mut self, percent: u32) -> bool {
        self.percent = percent.min(100);
        self.percent < self.limit
    }

    pub fn percent(&self) -> u32 {
        self.percent
    }
}

// SAFETY: an image has no thread affinity, and moving the canvas moves its only owner.
unsafe impl Send for Canvas {}

/// An image and what is drawn on it.
pub struct Canvas {
    image: UniquePtr<ffi::Image>,
}

impl Canvas {
    pub fn new(width: u32, height: u32) -> Option<Self> {
        if width == 0 || height == 0 {
            return None;
        }
        Some(Canvas { image: ffi::new_image(ffi::Size { width, height }) })
    }

    pub fn decode(bytes: &[u8]) -> Result<Self, cxx::Exception> {
        Ok(Canvas { image: ffi::decode(bytes)? })
    }

    pub fn title(&self) -> String {
        self.image.title().to_string_lossy().into_owned()
    }

    pub fn rename(&mut self, title: &str) {
        self.image.pin_mut().set_title(title);
    }

    /// Changes the size; all pixels become transparent.
    pub fn resize(&mut self, width: u32, height: u32) {
        self.image.pin_mut().resize(width, height);
    }

    /// Fills with a colour of the palette; how far it came, in percent.
    pub fn fill(&mut self, index: u8, limit: u32) -> u32 {
        let mut progress = Progress::new(limit);
        self.image.pin_mut().fill(index, &mut progress);
        progress.percent()
    }

    /// One row, empty beyond the last.
    pub fn row(&self, y: u32) -> &[u8] {
        self.image.row(y)
    }

    /// All pixels, four bytes each.
    pub fn pixels<'a>(&self) -> &'a [u8] {
        let len = self.image.width() * self.image.height() * 4;
        // SAFETY: the image has that many bytes and lives as long as the canvas.
        unsafe { slice::from_raw_parts(self.image.pixels(), len as usize) }
    }
}

pub fn images_made() -> usize {
    ffi::images_made()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palette_starts_with_black() {
        assert_eq!(palette_colour(0), 0xff00_0000);
    }
}
