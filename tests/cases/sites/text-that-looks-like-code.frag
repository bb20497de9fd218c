Comments, doc examples, strings of every kind and characters hold no code.
checks: site
-- src/lib.rs --
//! ```
//! unsafe { store_put(1) }
//! ```
/// ```
/// unsafe { *p }
/// extern "C" { fn nothing(); }
/// ```
pub fn documented() {}
/* unsafe { *p } /* nested: unsafe fn f() {} */ unsafe impl Send for X {} */
const PLAIN: &str = "unsafe { *p }";
const ESCAPED: &str = "a \" unsafe { *p } \\";
const RAW: &str = r#"unsafe { "*p" } // not a comment "#;
const RAW_TWICE: &str = r##"unsafe fn f() {} "# unsafe { }"##;
const BYTES: &[u8] = b"unsafe { *p }";
const RAW_BYTES: &[u8] = br#"unsafe { "x" }"#;
const C_STRING: &core::ffi::CStr = c"unsafe { *p }";
const RAW_C: &core::ffi::CStr = cr#"unsafe { "x" }"#;
const QUOTE: char = '"';
const ESCAPED_QUOTE: char = '\'';
const LONG: &str = "ends with a backslash \
    unsafe { *p }";
fn after() {
    unsafe { core::hint::unreachable_unchecked() }  //~ site:unsafe-block
}
