// SPDX-License-Identifier: Apache-2.0
use std::ffi::CString;
use std::time::Instant;

use kvstore_sys as sys;

/// How long the C library takes alone, without the wrapper's string copies.
fn main() {
    let keys: Vec<CString> = (0..10_000)
        .map(|n| CString::new(format!("key{n}")).unwrap())
        .collect();
    // SAFETY: the literal is terminated.
    let store = unsafe { sys::kv_open(c"bench".as_ptr(), 4096) };
    assert!(!store.is_null());
    let start = Instant::now();
    for key in &keys {
        // SAFETY: the store is open and the key is terminated.
        unsafe { sys::kv_put(store, key.as_ptr(), key.as_ptr().cast(), 4) };
    }
    println!("{} puts in {:?}", keys.len(), start.elapsed());
    // SAFETY: opened above and not used any more.
    unsafe { sys::kv_close(store) };
}
