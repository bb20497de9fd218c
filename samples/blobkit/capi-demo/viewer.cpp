// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <memory>
#include <string>

#include "../include/blobkit.h"

#ifdef __cplusplus
extern "C" {
#endif
#include "report.h"
#ifdef __cplusplus
}
#endif

namespace view {

struct BlobDeleter {
    void operator()(blob *b) const { blob_free(b); }
};
using BlobPtr = std::unique_ptr<blob, BlobDeleter>;

// The width on screen, not the C function of this name.
std::size_t blob_capacity(const std::string &text) { return text.size() * 3; }

std::string hex(const blob *b) {
    std::string text;
    ::blob_each_chunk(
        b, 16,
        [](const uint8_t *data, size_t len, void *user_data) -> int {
            auto &out = *static_cast<std::string *>(user_data);
            char digits[4];
            for (size_t i = 0; i < len; ++i) {
                std::snprintf(digits, sizeof digits, "%02x ", static_cast<unsigned>(data[i]));
                out += digits;
            }
            out += '\n';
            return 0;
        },
        &text);
    return text;
}

}  // namespace view

int main() {
    const uint8_t bytes[] = {'B', 'K', 0, 1, 2, 3};
    view::BlobPtr first(blob_from_bytes(bytes, sizeof bytes));
    view::BlobPtr second(blob_new());
    if (blob_append(second.get(), bytes, sizeof bytes) != 0 ||
        !blob_equal(first.get(), second.get())) {
        return 1;
    }
    report seen = {0, 0};
    blob_each_chunk(first.get(), 4, report_chunk, &seen);
    const std::string text = view::hex(first.get());
    std::printf("%s%zu chunks, %zu cells\n", text.c_str(), seen.chunks, view::blob_capacity(text));
    return 0;
}
