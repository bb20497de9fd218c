A C function is gone, header and all, while Rust still calls it. One that moved to another file is not gone.
checks: change cause
-- src/lib.rs --
use std::os::raw::c_int;
extern "C" {
    fn store_drop(n: c_int);                    //~ affected:foreign-fn cause:c-gone
    fn store_keep(n: c_int);
}
pub fn forget(n: c_int) {
    unsafe { store_drop(n) }                    //~ affected:unsafe-block cause:c-gone
}
pub fn keep(n: c_int) {
    unsafe { store_keep(n) }
}
-- c/store.c --
void store_drop(int n) { slots[n] = 0; }
void store_keep(int n) { slots[n] = 1; }
-- c/keep.c --
int unrelated;
== after ==
-- c/store.c --
int slots[4];
-- c/keep.c --
int unrelated;
void store_keep(int n) { slots[n] = 1; }
