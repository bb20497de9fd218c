`link_name` gives the symbol, the item's own name is Rust's.
checks: import link call
-- src/lib.rs --
extern "C" {
    #[link_name = "store_put_v2"]
    fn store_put(n: u32) -> i32;                    //~ import:store_put_v2 link:c/store.h:2
}
pub fn put() -> i32 {
    unsafe { store_put(1) }                         //~ call:store_put_v2
}
-- c/store.h --
int store_put(unsigned int n);
int store_put_v2(unsigned int n);
