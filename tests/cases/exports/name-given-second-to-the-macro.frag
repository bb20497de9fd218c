The name is the second argument; the first must not become an export.
checks: export
-- src/lib.rs --
macro_rules! export_as {
    ($ty:ty, $name:ident) => {
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(value: *mut $ty) {}
    };
}
export_as!(u32, store_free_number);                 //~ export:store_free_number
-- c/store.h --
void store_free_number(unsigned int *value);
