// SPDX-License-Identifier: Apache-2.0

use crate::{Error, Store};

/// Reads values of one store through a decoder.
pub struct Cursor<D> {
    store: Store,
    decode: D,
    // The entry that was decoded last, for `repeat`.
    last: *const u8,
    last_len: usize,
}

// SAFETY: the cursor owns its store, and stores may be sent.
unsafe impl<D> Send for Cursor<D> {}

impl<T, D: FnMut(&[u8]) -> T> Cursor<D> {
    pub fn new(store: Store, decode: D) -> Self {
        Cursor {
            store,
            decode,
            last: std::ptr::null(),
            last_len: 0,
        }
    }

    pub fn read(&mut self, key: &str) -> Result<T, Error> {
        let bytes = self.store.get(key)?;
        (self.last, self.last_len) = (bytes.as_ptr(), bytes.len());
        Ok((self.decode)(bytes))
    }

    /// Decodes the last entry again, without a second look-up.
    pub fn repeat(&mut self) -> Option<T> {
        if self.last.is_null() {
            return None;
        }
        // SAFETY: the cursor owns the store, and nothing but the cursor can change it.
        let bytes = unsafe { std::slice::from_raw_parts(self.last, self.last_len) };
        Some((self.decode)(bytes))
    }

    pub fn into_store(self) -> Store {
        self.store
    }
}
