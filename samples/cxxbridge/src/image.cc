// SPDX-License-Identifier: Apache-2.0
#include "canvas/include/image.h"

#include <algorithm>
#include <stdexcept>

#include "canvas/src/lib.rs.h"

namespace canvas {

namespace {

std::size_t made = 0;

std::size_t stride_for(std::uint32_t width) {
    return (static_cast<std::size_t>(width) * 4 + 15) / 16 * 16;
}

// The title of a file, not the one of an image.
std::string title(rust::Slice<const std::uint8_t> bytes) {
    return "image of " + std::to_string(bytes.size()) + " bytes";
}

}  // namespace

Image::Image(std::uint32_t width, std::uint32_t height) : width_(0), height_(0), stride_(0) {
    resize(width, height);
    ++made;
}

void Image::setTitle(rust::Str title) { title_ = std::string(title); }

rust::Slice<const std::uint8_t> Image::row(std::uint32_t y) const {
    if (y >= height_) {
        return {};
    }
    return {pixels_.data() + y * stride_, static_cast<std::size_t>(width_) * 4};
}

void Image::resize(std::uint32_t width, std::uint32_t height) {
    if (width == 0 || height == 0) {
        throw std::invalid_argument("an image needs a size");
    }
    width_ = width;
    height_ = height;
    stride_ = stride_for(width);
    pixels_.assign(stride_ * height, 0);
}

void Image::fill(std::uint8_t index, Progress &progress) {
    const std::uint32_t colour = palette_colour(index);
    for (std::uint32_t y = 0; y < height_; ++y) {
        for (std::uint32_t x = 0; x < width_; ++x) {
            for (int byte = 0; byte < 4; ++byte) {
                pixels_[y * stride_ + x * 4 + byte] = static_cast<std::uint8_t>(colour >> (8 * byte));
            }
        }
        if (!progress.report(100 * (y + 1) / height_)) {
            return;
        }
    }
}

std::unique_ptr<Image> new_image(Size size) {
    return std::make_unique<Image>(size.width, size.height);
}

std::unique_ptr<Image> decode(rust::Slice<const std::uint8_t> bytes) {
    if (bytes.size() < 6 || bytes[0] != 'C' || bytes[1] != 'V') {
        throw std::runtime_error("not a canvas file");
    }
    auto image = std::make_unique<Image>(bytes[2] + 256u * bytes[3], bytes[4] + 256u * bytes[5]);
    image->setTitle(title(bytes));
    log_line(LogLevel::Info, image->title());
    return image;
}

std::size_t images_made() noexcept { return made; }

}  // namespace canvas
