Extern items that a macro wraps.
checks: site import link
-- src/lib.rs --
extern_block! {
    extern "C" {                                    //~ site:extern-block
        pub fn store_put(n: u32) -> i32;            //~ site:foreign-fn import:store_put link:c/store.h:1
        #[cfg(ossl300)]
        pub fn store_get(n: u32) -> i32;            //~ site:foreign-fn import:store_get link:c/store.h:2
    }
}
const_ptr_api! {
    extern "C" {                                    //~ site:extern-block
        pub fn store_name(s: #[const_ptr_if(any(ossl110))] Store) -> i32;  //~ site:foreign-fn import:store_name link:c/store.h:3
    }
}
-- c/store.h --
int store_put(unsigned int n);
int store_get(unsigned int n);
int store_name(const struct store *s);
