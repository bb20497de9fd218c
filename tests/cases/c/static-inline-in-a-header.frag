Bindings name a static inline function of a header: the build wraps it.
checks: link call
-- src/lib.rs --
pub fn put() -> i32 {
    unsafe { bindings::store_put(1) }               //~ call:store_put link:c/store.h:1
}
-- c/store.h --
static inline int store_put(unsigned int n) { return 0; }
