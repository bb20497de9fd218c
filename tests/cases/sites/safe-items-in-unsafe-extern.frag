Edition 2024: `safe` and `unsafe` items of an unsafe extern block.
checks: site import
-- src/lib.rs --
unsafe extern "C" {                                 //~ site:extern-block
    pub safe fn store_version() -> i32;             //~ site:foreign-fn import:store_version
    pub unsafe fn store_put(p: *const u8);          //~ site:foreign-fn import:store_put
    safe static STORE_LIMIT: i32;                   //~ site:foreign-static import:STORE_LIMIT
    unsafe static mut STORE_ERRNO: i32;             //~ site:foreign-static import:STORE_ERRNO
    fn store_get(p: *mut u8);                       //~ site:foreign-fn import:store_get
}
fn after() { unsafe { store_get(core::ptr::null_mut()) } } //~ site:unsafe-block
