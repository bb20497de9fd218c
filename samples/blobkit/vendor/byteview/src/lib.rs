// SPDX-License-Identifier: Apache-2.0
//! Reads integers out of byte slices.

/// The little-endian word at `offset`, `None` beyond the end.
pub fn word_at(bytes: &[u8], offset: usize) -> Option<u32> {
    let end = offset.checked_add(4)?;
    if end > bytes.len() {
        return None;
    }
    // SAFETY: the four bytes are inside the slice, and the read is unaligned.
    let word = unsafe { bytes.as_ptr().add(offset).cast::<u32>().read_unaligned() };
    Some(u32::from_le(word))
}

/// All bytes as words.
///
/// # Safety
///
/// The slice is aligned to four bytes and a multiple of four long.
pub unsafe fn words(bytes: &[u8]) -> &[u32] {
    unsafe { std::slice::from_raw_parts(bytes.as_ptr() as *const u32, bytes.len() / 4) }
}
