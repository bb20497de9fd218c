C changes a parameter's type, Rust does not: the declaration and the call need eyes. Another function of the header that
changed only its comment needs none.
checks: change cause
-- src/lib.rs --
use std::os::raw::c_int;
extern "C" {
    fn store_put(n: c_int) -> c_int;            //~ affected:foreign-fn cause:c-signature cause:disagreement
    fn store_get() -> c_int;
}
pub fn put(n: c_int) -> c_int {
    unsafe { store_put(n) }                     //~ affected:unsafe-block cause:c-signature cause:disagreement
}
pub fn get() -> c_int {
    unsafe { store_get() }
}
-- c/store.h --
int store_put(int n);
/* gives the number */
int store_get(void);
== after ==
-- c/store.h --
int store_put(long n);
/* gives the last number */
int store_get(void);
