An associated function can be exported too.
checks: site export link
-- src/lib.rs --
pub struct Store;
impl Store {
    #[no_mangle]
    pub extern "C" fn store_length(&self) -> usize { 0 }  //~ site:export export:store_length link:c/store.h:1
}
-- c/store.h --
unsigned long store_length(const struct store *s);
