// SPDX-License-Identifier: Apache-2.0
//! Growable byte blobs. The C side is in [`capi`] and in `include/blobkit.h`.
#![deny(unsafe_op_in_unsafe_fn)]

#[cfg(feature = "capi")]
pub mod capi;

/// Bytes that grow until they are sealed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Blob {
    pub(crate) bytes: Vec<u8>,
    pub(crate) seal: Option<Seal>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    pub key: u32,
    pub flags: u32,
}

impl Blob {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Appends to the blob; false if it is sealed.
    pub fn append(&mut self, bytes: &[u8]) -> bool {
        if self.is_sealed() {
            return false;
        }
        self.bytes.extend_from_slice(bytes);
        true
    }

    pub fn seal(&mut self, key: u32, flags: u32) {
        self.seal.get_or_insert(Seal { key, flags });
    }

    pub fn is_sealed(&self) -> bool {
        self.seal.is_some()
    }

    /// Adds up the little-endian words; a rest of under four bytes does not count.
    pub fn checksum(&self) -> u32 {
        (0..self.bytes.len())
            .step_by(4)
            .map_while(|offset| byteview::word_at(&self.bytes, offset))
            .fold(0, u32::wrapping_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_blobs_do_not_grow() {
        let mut blob = Blob::new();
        assert!(blob.append(b"ab"));
        blob.seal(7, 0);
        assert!(!blob.append(b"c"));
        assert_eq!(blob.as_bytes(), b"ab");
    }
}
