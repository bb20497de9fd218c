/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The headers that the build gives to bindgen. The result is
 * bindings_generated.rs in the build folder.
 */

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/ring.h>
#include <linux/seq_file.h>
#include <linux/types.h>

const gfp_t RUST_CONST_HELPER_GFP_KERNEL = GFP_KERNEL;
