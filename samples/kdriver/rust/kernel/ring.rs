// SPDX-License-Identifier: Apache-2.0

//! Ring buffers.
//!
//! C header: [`include/linux/ring.h`](srctree/include/linux/ring.h)

use crate::bindings;
use crate::error::{from_err_ptr, to_result, Result};
use crate::sync::RawGuard;

/// A ring buffer of our own.
///
/// # Invariants
///
/// `raw` came from `ring_alloc` and is valid.
pub struct Ring {
    raw: *mut bindings::ring_buffer,
}

// SAFETY: The ring has no thread affinity, and `raw` is its only owner.
unsafe impl Send for Ring {}
// SAFETY: TODO.
unsafe impl Sync for Ring {}

impl Ring {
    pub fn new(size: usize) -> Result<Self> {
        // SAFETY: The function has no preconditions.
        let raw = from_err_ptr(unsafe { bindings::ring_alloc(size, bindings::GFP_KERNEL) })?;
        // INVARIANT: `raw` was just made by `ring_alloc`.
        Ok(Ring { raw })
    }

    pub fn push(&self, byte: u8) -> Result {
        // SAFETY: By the type invariant, the ring is valid and its mutex initialised.
        let _guard = unsafe { RawGuard::new(&raw mut (*self.raw).lock) };
        // SAFETY: By the type invariant, and the lock is held.
        to_result(unsafe { bindings::ring_push(self.raw, byte) })
    }

    pub fn pop(&self) -> Option<u8> {
        let mut byte = 0;
        let status = {
            // SAFETY: By the type invariant, the ring is valid and its mutex initialised.
            let _guard = unsafe { RawGuard::new(&raw mut (*self.raw).lock) };
            // SAFETY: By the type invariant, and `byte` is writable.
            unsafe { bindings::ring_pop(self.raw, &mut byte) }
        };
        (status == 0).then_some(byte)
    }

    pub fn space(&self) -> usize {
        unsafe { bindings::ring_space(self.raw) as usize }
    }

    pub fn used(&self) -> usize {
        // SAFETY: By the type invariant, the ring is valid and its mutex initialised.
        let _guard = unsafe { RawGuard::new(&raw mut (*self.raw).lock) };
        // SAFETY: By the type invariant, and the lock is held.
        unsafe { bindings::ring_used(self.raw) }
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        // SAFETY: By the type invariant, and nobody uses the ring after this.
        unsafe { bindings::ring_free(self.raw) };
    }
}

/// A reference to the ring of a device.
pub struct SharedRing {
    raw: *mut bindings::ring_buffer,
}

impl SharedRing {
    pub fn of_minor(minor: u32) -> Result<Self> {
        // SAFETY: The function checks the number itself.
        let raw = from_err_ptr(unsafe { bindings::ring_get(minor) })?;
        Ok(SharedRing { raw })
    }

    pub fn trace(&self) {
        #[cfg(CONFIG_RING_TRACE)]
        // SAFETY: The reference keeps the ring alive.
        unsafe {
            bindings::ring_trace(self.raw)
        };
    }
}

impl Drop for SharedRing {
    fn drop(&mut self) {
        // SAFETY: `of_minor` took the reference that this gives back.
        unsafe { bindings::ring_put(self.raw) };
    }
}

#[macros::kunit_tests(rust_ring)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_out_in_order() {
        let ring = Ring::new(2).unwrap();
        assert!(ring.push(1).is_ok() && ring.push(2).is_ok());
        assert_eq!(ring.pop(), Some(1));
        // SAFETY: The ring is alive.
        assert_eq!(unsafe { bindings::ring_used(ring.raw) }, 1);
    }
}
