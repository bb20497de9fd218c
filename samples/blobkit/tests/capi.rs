// SPDX-License-Identifier: Apache-2.0
use std::ffi::{c_int, c_void};

use blobkit::capi;

unsafe extern "C" fn count(_: *const u8, len: usize, user_data: *mut c_void) -> c_int {
    // SAFETY: the test passes a `usize`.
    unsafe { *user_data.cast::<usize>() += len };
    0
}

#[test]
fn chunks_cover_the_blob() {
    let mut seen = 0usize;
    // SAFETY: the blob lives until it is freed, `count` gets a `usize`.
    unsafe {
        let blob = capi::blob_from_bytes(b"abcdef".as_ptr(), 6);
        assert_eq!(
            capi::blob_each_chunk(blob, 4, Some(count), (&raw mut seen).cast()),
            0
        );
        assert_eq!(
            capi::blob_each_chunk(blob, 0, Some(count), (&raw mut seen).cast()),
            -1
        );
        assert_eq!(capi::blob_byte_at(blob, 2), c_int::from(b'c'));
        assert_eq!(capi::blob_len(blob), seen);
        capi::blob_free(blob);
    }
}

#[test]
fn merge_takes_the_source() {
    // SAFETY: the source is not used after the merge.
    unsafe {
        let target = capi::blob_new();
        let source = capi::blob_from_bytes(b"xy".as_ptr(), 2);
        assert_eq!(capi::blob_merge(target, source), 0);
        assert_eq!(capi::blob_len(target), 2);
        capi::blob_free(target);
    }
}
