// SPDX-License-Identifier: Apache-2.0
//! A safe key-value store on top of the kvstore C library.

use std::ffi::{CStr, CString, NulError, c_int, c_void};
use std::mem::MaybeUninit;
use std::ptr::{self, NonNull};
use std::slice;

use kvstore_sys as sys;

mod callback;
mod cursor;

pub use cursor::Cursor;

#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    NotFound,
    OutOfMemory,
    Invalid,
    Stopped,
    InteriorNul,
    Unknown(c_int),
}

impl From<NulError> for Error {
    fn from(_: NulError) -> Self {
        Error::InteriorNul
    }
}

fn check(status: c_int) -> Result<(), Error> {
    match status {
        sys::KV_OK => Ok(()),
        sys::KV_NOT_FOUND => Err(Error::NotFound),
        sys::KV_NO_MEMORY => Err(Error::OutOfMemory),
        sys::KV_INVALID => Err(Error::Invalid),
        sys::KV_STOPPED => Err(Error::Stopped),
        other => Err(Error::Unknown(other)),
    }
}

pub type Logger = dyn FnMut(i32, &CStr) + Send;

/// An open store. Closed when dropped.
pub struct Store {
    raw: NonNull<sys::kv_store>,
    // Two boxes: C keeps a thin pointer to the inner one.
    logger: Option<Box<Box<Logger>>>,
}

// SAFETY: the C store has no thread affinity, it is not shared (`Store` is not `Sync`), and the
// logger that it may call is `Send`.
unsafe impl Send for Store {}

impl Store {
    pub fn open(name: &str, buckets: usize) -> Result<Self, Error> {
        let name = CString::new(name)?;
        // SAFETY: `name` is a C string that outlives the call.
        let raw = unsafe { sys::kv_open(name.as_ptr(), buckets) };
        let raw = NonNull::new(raw).ok_or(Error::OutOfMemory)?;
        Ok(Store { raw, logger: None })
    }

    pub fn name(&self) -> &CStr {
        // SAFETY: the store is open, its name is never NULL and lives as long as the store.
        unsafe { CStr::from_ptr(sys::kv_name(self.raw.as_ptr())) }
    }

    /// What the library said about the last call that failed.
    pub fn last_error(&self) -> String {
        // SAFETY: the store is open and the message is a literal of the library.
        let message = unsafe { CStr::from_ptr(sys::kv_last_error(self.raw.as_ptr())) };
        message.to_string_lossy().into_owned()
    }

    /// Gives the store a label for its log lines; `None` takes it away.
    pub fn set_label(&mut self, label: Option<&str>) -> Result<(), Error> {
        let label = label
            .and_then(|text| CString::new(text).ok())
            .map_or(ptr::null(), |text| text.as_ptr());
        // SAFETY: the label is NULL or a C string, and the store copies it.
        check(unsafe { sys::kv_set_label(self.raw.as_ptr(), label) })
    }

    pub fn put(&mut self, key: &str, value: &[u8]) -> Result<(), Error> {
        let key = CString::new(key)?;
        // SAFETY: the store is open; key and value outlive the call, and C copies both.
        check(unsafe {
            sys::kv_put(
                self.raw.as_ptr(),
                key.as_ptr(),
                value.as_ptr().cast::<c_void>(),
                value.len(),
            )
        })
    }

    pub fn get(&mut self, key: &str) -> Result<&[u8], Error> {
        let key = CString::new(key)?;
        let mut value = MaybeUninit::<sys::kv_value>::uninit();
        // SAFETY: `value` is writable and the store is open.
        check(unsafe { sys::kv_get(self.raw.as_ptr(), key.as_ptr(), value.as_mut_ptr()) })?;
        // SAFETY: `kv_get` fills the value whenever it says `KV_OK`.
        let value = unsafe { value.assume_init() };
        if value.data.is_null() {
            return Ok(&[]);
        }
        // SAFETY: not NULL, `len` bytes, and untouched until `self` is borrowed again.
        Ok(unsafe { slice::from_raw_parts(value.data, value.len) })
    }

    pub fn remove(&mut self, key: &str) -> Result<(), Error> {
        let key = CString::new(key)?;
        // SAFETY: the store is open and the key outlives the call.
        check(unsafe { sys::kv_remove(self.raw.as_ptr(), key.as_ptr()) })
    }

    pub fn contains(&self, key: &CStr) -> bool {
        // SAFETY: the store is open and the key outlives the call.
        unsafe { sys::kv_contains(self.raw.as_ptr(), key.as_ptr()) }
    }

    pub fn len(&self) -> usize {
        // SAFETY: the store is open.
        unsafe { sys::kv_count(self.raw.as_ptr()) }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn reserve(&mut self, buckets: usize) -> Result<(), Error> {
        // SAFETY: the store is open.
        check(unsafe { sys::kv_reserve(self.raw.as_ptr(), buckets as u32) })
    }

    pub fn compact(&mut self) -> Result<(), Error> {
        check(unsafe { sys::kv_compact(self.raw.as_ptr()) })
    }

    pub fn stats(&self) -> sys::kv_stats {
        let mut stats = sys::kv_stats::default();
        // SAFETY: the store is open and `stats` is writable. The call cannot fail.
        unsafe { sys::kv_stats_read(self.raw.as_ptr(), &mut stats) };
        stats
    }

    /// All keys, one a line.
    pub fn dump(&self) -> Option<String> {
        // SAFETY: the store is open.
        let raw = NonNull::new(unsafe { sys::kv_dump(self.raw.as_ptr()) })?;
        // SAFETY: not NULL, and terminated by the library.
        let text = unsafe { CStr::from_ptr(raw.as_ptr()) }
            .to_string_lossy()
            .into_owned();
        // SAFETY: the string is of the C heap and nobody else has it.
        unsafe { sys::kv_string_free(raw.as_ptr()) };
        Some(text)
    }

    /// Calls `visit` for every entry until it returns false.
    pub fn for_each<F>(&self, mut visit: F) -> Result<(), Error>
    where
        F: FnMut(&str, &[u8]) -> bool,
    {
        let user_data = (&raw mut visit).cast::<c_void>();
        // SAFETY: `visit` outlives the call, and the trampoline is the one for its type.
        check(unsafe {
            sys::kv_for_each(
                self.raw.as_ptr(),
                Some(callback::visit_trampoline::<F>),
                user_data,
            )
        })
    }

    pub fn set_logger(&mut self, logger: Box<Logger>) {
        let mut logger = Box::new(logger);
        let user_data = (&raw mut *logger).cast::<c_void>();
        // SAFETY: `self.logger` keeps the box alive until the store is closed.
        unsafe {
            sys::kv_set_logger(self.raw.as_ptr(), Some(callback::log_trampoline), user_data);
        }
        self.logger = Some(logger);
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // SAFETY: the store is open and nobody else closes it.
        unsafe { sys::kv_close(self.raw.as_ptr()) }
    }
}

/// Sets how much all stores of this process log.
pub fn set_log_level(level: i32) {
    // SAFETY: an aligned store of one int.
    unsafe { sys::kv_log_level = level }
}

/// Whether the linked library is the one that this crate was written for.
pub fn is_compatible() -> bool {
    sys::kv_abi_version() == 2 && sys::kv_max_key_len >= 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_value_is_an_empty_slice() {
        let mut store = Store::open("unit", 4).unwrap();
        store.put("nothing", b"").unwrap();
        assert_eq!(store.get("nothing").unwrap(), b"");
    }

    #[test]
    fn raw_remove_of_an_unknown_key() {
        let store = Store::open("unit", 4).unwrap();
        // SAFETY: the store is open and the literal is terminated.
        let status = unsafe { sys::kv_remove(store.raw.as_ptr(), c"unknown".as_ptr()) };
        assert_eq!(check(status), Err(Error::NotFound));
    }
}
