// SPDX-License-Identifier: Apache-2.0

//! Error numbers.

use crate::bindings;
use crate::ffi::{c_int, c_void};

/// A negative error number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Error(c_int);

pub type Result<T = (), E = Error> = core::result::Result<T, E>;

pub mod code {
    pub const EINVAL: super::Error = super::Error(-(crate::bindings::EINVAL as i32));
    pub const EFAULT: super::Error = super::Error(-(crate::bindings::EFAULT as i32));
    pub const ENOMEM: super::Error = super::Error(-(crate::bindings::ENOMEM as i32));
}

impl Error {
    pub fn from_errno(errno: c_int) -> Error {
        if errno < -(bindings::MAX_ERRNO as i32) || errno >= 0 {
            return code::EINVAL;
        }
        Error(errno)
    }

    pub fn to_errno(self) -> c_int {
        self.0
    }
}

pub fn to_result(err: c_int) -> Result {
    if err < 0 {
        Err(Error::from_errno(err))
    } else {
        Ok(())
    }
}

/// Turns an `ERR_PTR` of the C side into an error.
pub fn from_err_ptr<T>(ptr: *mut T) -> Result<*mut T> {
    let const_ptr: *const c_void = ptr.cast();
    // SAFETY: The function looks at the value of the pointer only.
    if unsafe { bindings::IS_ERR(const_ptr) } {
        // SAFETY: As above.
        let err = unsafe { bindings::PTR_ERR(const_ptr) };
        return Err(Error::from_errno(err as c_int));
    }
    Ok(ptr)
}
