// SPDX-License-Identifier: Apache-2.0
//! The C API. Every function here has its prototype in `include/blobkit.h`:
//!
//! ```c
//! blob *b = blob_from_bytes("abc", 3);
//! blob_free(b);
//! ```

use std::ffi::{c_char, c_int, c_void};
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::ptr;
use std::slice;

use crate::Blob;

/// The version of the file format, for C to check at start.
#[unsafe(no_mangle)]
pub static BLOB_FORMAT: u32 = 3;

pub type ChunkFn =
    Option<unsafe extern "C" fn(data: *const u8, len: usize, user_data: *mut c_void) -> c_int>;

/// An export that reads one number of a blob, 0 for NULL.
macro_rules! blob_getter {
    ($(#[$meta:meta])* $name:ident -> $ty:ty, |$blob:ident| $value:expr) => {
        $(#[$meta])*
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(blob: *const Blob) -> $ty {
            // SAFETY: NULL or a live blob, as the header demands.
            match unsafe { blob.as_ref() } {
                Some($blob) => $value,
                None => Default::default(),
            }
        }
    };
}

blob_getter!(
    /// How many bytes the blob holds.
    blob_len -> usize, |blob| blob.bytes.len()
);
blob_getter!(blob_capacity -> usize, |blob| blob.bytes.capacity());

#[cfg_attr(not(feature = "renamed"), unsafe(no_mangle))]
#[cfg_attr(feature = "renamed", unsafe(export_name = "blobkit_version"))]
pub extern "C" fn blob_version() -> *const c_char {
    c"1.4.0".as_ptr()
}

#[unsafe(no_mangle)]
pub extern "C" fn blob_new() -> *mut Blob {
    Box::into_raw(Box::new(Blob::new()))
}

/// # Safety
///
/// `data` is NULL or points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blob_from_bytes(data: *const u8, len: usize) -> *mut Blob {
    if data.is_null() && len != 0 {
        return ptr::null_mut();
    }
    let mut blob = Box::new(Blob::new());
    if len != 0 {
        // SAFETY: checked for NULL above, the caller vouches for the length.
        blob.append(unsafe { slice::from_raw_parts(data, len) });
    }
    Box::into_raw(blob)
}

/// # Safety
///
/// `blob` is NULL or comes from this library and is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blob_free(blob: *mut Blob) {
    if !blob.is_null() {
        // SAFETY: made by `Box::into_raw` in this library.
        drop(unsafe { Box::from_raw(blob) });
    }
}

/// # Safety
///
/// `blob` is a live blob and `data` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blob_append(blob: *mut Blob, data: *const u8, len: usize) -> c_int {
    if blob.is_null() || (data.is_null() && len != 0) {
        return -1;
    }
    if len == 0 {
        return 0;
    }
    // SAFETY: neither is NULL; the caller vouches for the rest.
    let (blob, data) = unsafe { (&mut *blob, slice::from_raw_parts(data, len)) };
    if blob.append(data) { 0 } else { -1 }
}

/// Moves all bytes of `source` to the end of `target`.
///
/// # Safety
///
/// Both are live blobs of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blob_merge(target: *mut Blob, source: *mut Blob) -> c_int {
    if target.is_null() || source.is_null() {
        return -1;
    }
    // SAFETY: both were made by `Box::into_raw` in this library.
    let (mut into, from) = unsafe { (Box::from_raw(target), Box::from_raw(source)) };
    let done = into.append(from.as_bytes());
    mem::forget(into);
    if done { 0 } else { -1 }
}

/// # Safety
///
/// `blob` is a live blob.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blob_byte_at(blob: *const Blob, index: usize) -> c_int {
    // SAFETY: the caller passes a live blob.
    let bytes = unsafe { &(*blob).bytes };
    c_int::from(bytes[index])
}

#[unsafe(no_mangle)]
pub extern "C" fn blob_equal(left: &Blob, right: &Blob) -> bool {
    left == right
}

/// # Safety
///
/// `blob` is NULL or a live blob.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blob_seal(blob: *mut Blob, key: u32, flags: u32) -> c_int {
    // SAFETY: NULL or a live blob that the caller does not share.
    let Some(blob) = (unsafe { blob.as_mut() }) else {
        return -1;
    };
    blob.seal(key, flags);
    0
}

/// # Safety
///
/// `blob` is NULL or a live blob.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blob_is_sealed(blob: *const Blob) -> bool {
    // SAFETY: NULL or a live blob.
    unsafe { blob.as_ref() }.is_some_and(Blob::is_sealed)
}

/// # Safety
///
/// `blob` is NULL or a live blob.
#[unsafe(export_name = "blob_checksum32")]
pub unsafe extern "C" fn checksum(blob: *const Blob) -> u32 {
    // SAFETY: NULL or a live blob.
    unsafe { blob.as_ref() }.map_or(0, Blob::checksum)
}

/// # Safety
///
/// `blob` is NULL or a live blob.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blob_reserve(blob: *mut Blob, more: usize) -> c_int {
    // SAFETY: NULL or a live blob that the caller does not share.
    match unsafe { blob.as_mut() }.map(|blob| blob.bytes.try_reserve(more)) {
        Some(Ok(())) => 0,
        _ => -1,
    }
}

/// Calls back for each `size` bytes until the callback returns something else than 0.
///
/// # Safety
///
/// `blob` is NULL or a live blob that the callback does not change.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn blob_each_chunk(
    blob: *const Blob,
    size: usize,
    callback: ChunkFn,
    user_data: *mut c_void,
) -> c_int {
    // SAFETY: NULL or a live blob.
    let (Some(blob), Some(callback)) = (unsafe { blob.as_ref() }, callback) else {
        return -1;
    };
    let visit = || {
        for chunk in blob.bytes.chunks(size) {
            // SAFETY: the chunk lives for the call, `user_data` is the caller's.
            let status = unsafe { callback(chunk.as_ptr(), chunk.len(), user_data) };
            if status != 0 {
                return status;
            }
        }
        0
    };
    // `chunks` panics for a size of 0.
    panic::catch_unwind(AssertUnwindSafe(visit)).unwrap_or(-1)
}

impl Blob {
    /// # Safety
    ///
    /// `this` is NULL or a live blob.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn blob_clear(this: *mut Self) {
        // SAFETY: NULL or a live blob that the caller does not share.
        if let Some(blob) = unsafe { this.as_mut() } {
            *blob = Blob::new();
        }
    }
}
