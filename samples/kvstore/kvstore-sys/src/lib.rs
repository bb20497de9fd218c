// SPDX-License-Identifier: Apache-2.0
//! Raw bindings to the kvstore C library, kept by hand beside `kvstore.h`.
//!
//! The C side of a typical call:
//!
//! ```c
//! extern int kv_put(kv_store *store, const char *key, const void *data, size_t len);
//! ```
#![allow(non_camel_case_types, non_upper_case_globals)]

use std::ffi::{c_char, c_int, c_void};
use std::marker::{PhantomData, PhantomPinned};

mod stats_bindings;
pub use stats_bindings::{kv_stats, kv_stats_read};

pub const KV_OK: c_int = 0;
pub const KV_NOT_FOUND: c_int = 1;
pub const KV_NO_MEMORY: c_int = 2;
pub const KV_INVALID: c_int = 3;
pub const KV_STOPPED: c_int = 4;

#[repr(C)]
pub struct kv_store {
    _data: [u8; 0],
    _marker: PhantomData<(*mut u8, PhantomPinned)>,
}

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct kv_value {
    pub data: *const u8,
    pub len: usize,
}

pub type kv_visit_fn = Option<
    unsafe extern "C" fn(
        key: *const c_char,
        value: *const kv_value,
        user_data: *mut c_void,
    ) -> c_int,
>;
pub type kv_log_fn =
    Option<unsafe extern "C" fn(level: c_int, message: *const c_char, user_data: *mut c_void)>;

// SAFETY: both are in the library since ABI 1 and take no pointer.
unsafe extern "C" {
    pub safe fn kv_abi_version() -> u32;
    pub safe static kv_max_key_len: c_int;
    pub static mut kv_log_level: c_int;
}

#[link(name = "kvstore", kind = "static")]
unsafe extern "C" {
    #[link_name = "kv_open_v2"]
    pub fn kv_open(name: *const c_char, buckets: usize) -> *mut kv_store;
    pub fn kv_close(store: *mut kv_store);

    pub fn kv_name(store: *const kv_store) -> *const c_char;
    pub fn kv_last_error(store: *const kv_store) -> *const c_char;
    pub fn kv_set_label(store: *mut kv_store, label: *const c_char) -> c_int;

    pub fn kv_put(
        store: *mut kv_store,
        key: *const c_char,
        data: *const c_void,
        len: usize,
    ) -> c_int;
    pub fn kv_get(store: *mut kv_store, key: *const c_char, out: *mut kv_value) -> c_int;
    pub fn kv_remove(store: *mut kv_store, key: *const c_char) -> c_int;
    pub fn kv_count(store: *const kv_store) -> usize;
    pub fn kv_contains(store: *const kv_store, key: *const c_char) -> bool;

    pub fn kv_reserve(store: *mut kv_store, buckets: u32) -> c_int;
    pub fn kv_compact(store: *mut kv_store) -> c_int;

    pub fn kv_for_each(store: *const kv_store, visit: kv_visit_fn, user_data: *mut c_void)
    -> c_int;
    pub fn kv_set_logger(store: *mut kv_store, log: kv_log_fn, user_data: *mut c_void);

    pub fn kv_dump(store: *const kv_store) -> *mut c_char;
    pub fn kv_string_free(string: *mut c_char);
}
