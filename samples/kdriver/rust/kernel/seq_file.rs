// SPDX-License-Identifier: Apache-2.0

//! Files that show a text.

use crate::bindings;
use crate::ffi::c_char;

/// A `struct seq_file` that C lends us.
#[repr(transparent)]
pub struct SeqFile(core::cell::UnsafeCell<bindings::seq_file>);

impl SeqFile {
    /// # Safety
    ///
    /// `ptr` is a valid `struct seq_file` for `'a`.
    pub unsafe fn from_raw<'a>(ptr: *mut bindings::seq_file) -> &'a SeqFile {
        // SAFETY: By the contract of this function; the layouts are the same.
        unsafe { &*ptr.cast() }
    }

    pub fn put_number(&self, mut number: usize) {
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        for digit in &digits[at..] {
            // SAFETY: `self` is a valid seq_file.
            unsafe { bindings::seq_putc(self.0.get(), *digit as c_char) };
        }
    }

    pub fn put_str(&self, text: &str) {
        // SAFETY: `self` is a valid seq_file, the text lives for the call.
        unsafe { bindings::seq_puts(self.0.get(), text.as_ptr().cast()) };
    }
}
