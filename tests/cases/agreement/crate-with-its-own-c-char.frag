The kernel's `c_char` is `u8` and its `c_long` is `isize`: the crate's aliases count, not the standard library's.
checks: verdict differs
-- ffi/lib.rs --
pub type c_char = u8;
pub type c_long = isize;
-- src/lib.rs --
use crate::ffi::{c_char, c_long};
#[no_mangle]
pub extern "C" fn store_name(n: c_long) -> *const c_char { core::ptr::null() }  //~ verdict:tolerable differs:width-tolerable-LLP64
-- c/store.c --
const char *store_name(long n);
