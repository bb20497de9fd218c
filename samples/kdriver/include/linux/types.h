/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define __user
#define __must_check __attribute__((__warn_unused_result__))

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef long long loff_t;
typedef long kernel_ssize_t;
typedef unsigned int gfp_t;

#define GFP_KERNEL 0x1u

#endif
