The function stands in the macro's input, the attribute in the macro's definition.
checks: export link
-- src/macros.rs --
macro_rules! ffi_fn {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),*) -> $ret:ty $body:block) => {
        $(#[$doc])*
        #[no_mangle]
        pub unsafe extern "C" fn $name($($arg: $ty),*) -> $ret $body
    };
}
-- src/lib.rs --
ffi_fn! {
    /// Opens the store.
    fn store_open(path: *const u8) -> i32 { 0 }     //~ export:store_open link:c/store.h:1
}
-- c/store.h --
int store_open(const unsigned char *path);
