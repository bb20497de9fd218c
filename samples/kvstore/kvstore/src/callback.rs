// SPDX-License-Identifier: Apache-2.0
//! The functions that C calls, one for each function-pointer type of the library.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{self, AssertUnwindSafe};
use std::slice;

use kvstore_sys as sys;

use crate::Logger;

/// # Safety
///
/// `user_data` points to an `F` that nobody else uses during the call.
pub(crate) unsafe extern "C" fn visit_trampoline<F>(
    key: *const c_char,
    value: *const sys::kv_value,
    user_data: *mut c_void,
) -> c_int
where
    F: FnMut(&str, &[u8]) -> bool,
{
    // SAFETY: `Store::for_each` passes its closure here.
    let visit = unsafe { &mut *user_data.cast::<F>() };
    // SAFETY: the library passes a terminated key and a value that live for the call.
    let (key, value) = unsafe {
        let value = &*value;
        (
            CStr::from_ptr(key),
            slice::from_raw_parts(value.data, value.len),
        )
    };
    let key = key.to_str().unwrap();
    c_int::from(!visit(key, value))
}

/// # Safety
///
/// `user_data` points to the `Box<Logger>` that `Store::set_logger` keeps.
pub(crate) unsafe extern "C" fn log_trampoline(
    level: c_int,
    message: *const c_char,
    user_data: *mut c_void,
) {
    if message.is_null() || user_data.is_null() {
        return;
    }
    // SAFETY: see above; the store is not used by two threads at once.
    let logger = unsafe { &mut *user_data.cast::<Box<Logger>>() };
    // SAFETY: not NULL, and the library terminates its messages.
    let message = unsafe { CStr::from_ptr(message) };
    // A panic must not reach the C frames below; the message is lost then.
    let _ = panic::catch_unwind(AssertUnwindSafe(|| logger(level, message)));
}
