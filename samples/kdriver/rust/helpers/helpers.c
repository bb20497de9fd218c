// SPDX-License-Identifier: Apache-2.0
/*
 * Macros and inline functions that Rust cannot call. The prefix is taken off
 * when the bindings are made.
 */

#define __rust_helper

#include "err.c"
#include "mutex.c"
#include "ring.c"
