A macro gives each function the name that its caller writes.
checks: export link
-- src/lib.rs --
macro_rules! getter {
    ($name:ident, $field:ident) => {
        #[no_mangle]
        pub extern "C" fn $name(store: &Store) -> u32 { store.$field }
    };
}
getter!(store_count, count);                        //~ export:store_count link:c/store.h:1
getter!(store_limit, limit);                        //~ export:store_limit link:c/store.h:2
-- c/store.h --
unsigned int store_count(const struct store *s);
unsigned int store_limit(const struct store *s);
