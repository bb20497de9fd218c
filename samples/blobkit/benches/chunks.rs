// SPDX-License-Identifier: Apache-2.0
use std::ffi::{c_int, c_void};
use std::ptr;
use std::time::Instant;

use blobkit::capi;

unsafe extern "C" fn ignore(_: *const u8, _: usize, _: *mut c_void) -> c_int {
    0
}

fn main() {
    let bytes = vec![7u8; 1 << 20];
    // SAFETY: the blob is live between its making and `blob_free`.
    unsafe {
        let blob = capi::blob_from_bytes(bytes.as_ptr(), bytes.len());
        let start = Instant::now();
        capi::blob_each_chunk(blob, 64, Some(ignore), ptr::null_mut());
        println!("{:?} for {} bytes", start.elapsed(), bytes.len());
        capi::blob_free(blob);
    }
}
