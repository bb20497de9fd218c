/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the C and the C++ demo; written in C. */
#ifndef REPORT_H
#define REPORT_H

#include <stddef.h>
#include <stdint.h>

struct report {
	size_t chunks;
	size_t bytes;
};

int report_chunk(const uint8_t *data, size_t len, void *user_data);

#endif
