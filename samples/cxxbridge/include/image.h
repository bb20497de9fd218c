// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rust/cxx.h"

namespace canvas {

struct Progress;
struct Size;

// Pixels in rows; each row starts at a multiple of `stride()` bytes.
class Image {
public:
    Image(std::uint32_t width, std::uint32_t height);

    std::uint32_t width() const { return width_; }
    std::uint32_t height() const { return height_; }
    std::size_t stride() const { return stride_; }
    const std::string &title() const noexcept { return title_; }
    void setTitle(rust::Str title);

    // Valid until the next call of resize.
    const std::uint8_t *pixels() const { return pixels_.data(); }
    rust::Slice<const std::uint8_t> row(std::uint32_t y) const;

    // Throws std::invalid_argument for a size of zero.
    void resize(std::uint32_t width, std::uint32_t height);
    void fill(std::uint8_t index, Progress &progress);

private:
    std::uint32_t width_;
    std::uint32_t height_;
    std::size_t stride_;
    std::string title_;
    std::vector<std::uint8_t> pixels_;
};

std::unique_ptr<Image> new_image(Size size);
// Throws std::runtime_error if the header is not one of ours.
std::unique_ptr<Image> decode(rust::Slice<const std::uint8_t> bytes);
std::size_t images_made() noexcept;

}  // namespace canvas
