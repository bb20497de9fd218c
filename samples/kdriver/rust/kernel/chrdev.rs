// SPDX-License-Identifier: Apache-2.0

//! Character devices.

use crate::bindings;
use crate::error::{to_result, Result};
use core::ffi::CStr;

/// A registered device; it goes away when this is dropped.
pub struct Registration {
    major: u32,
    name: &'static CStr,
}

impl Registration {
    pub fn new(
        major: u32,
        name: &'static CStr,
        fops: &'static bindings::file_operations,
    ) -> Result<Self> {
        // SAFETY: Both the name and the table live for ever.
        to_result(unsafe { bindings::register_chrdev(major, name.as_ptr().cast(), fops) })?;
        Ok(Registration { major, name })
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        // SAFETY: `new` registered this very device.
        unsafe { bindings::unregister_chrdev(self.major, self.name.as_ptr().cast()) };
    }
}
