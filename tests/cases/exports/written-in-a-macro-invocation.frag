The whole function stands in the macro's input.
checks: site export link
-- src/lib.rs --
ffi_fn! {
    /// Opens the store.
    #[no_mangle]
    pub unsafe extern "C" fn store_open(path: *const u8) -> i32 {  //~ site:export export:store_open link:c/store.h:1
        0
    }
}
-- c/store.h --
int store_open(const unsigned char *path);
