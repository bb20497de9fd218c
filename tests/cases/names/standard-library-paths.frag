`std::ffi` and its like hold Rust types; nothing crosses.
checks: call import use
-- src/lib.rs --
use std::ffi::{CStr, CString};
use std::os::raw::c_char;
pub fn f(p: *const c_char) -> String {
    let text = unsafe { CStr::from_ptr(p) };
    let own = std::ffi::CString::new("x").unwrap();
    let os = std::ffi::OsStr::new("x");
    let n = std::os::raw::c_int::from(1u8);
    let raw = core::ffi::c_void::default();
    std::mem::drop(own);
    text.to_string_lossy().into_owned()
}
