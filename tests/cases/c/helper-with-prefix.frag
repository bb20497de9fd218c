The kernel's helpers: a build step strips `rust_helper_`.
checks: link call
-- rust/kernel/lib.rs --
pub fn put() -> i32 {
    unsafe { bindings::store_put(1) }               //~ call:store_put link:rust/helpers/store.c:2 link:include/store.h:1
}
-- rust/helpers/store.c --
#include "store.h"
int rust_helper_store_put(unsigned int n)
{
	return store_put(n);
}
-- include/store.h --
static inline int store_put(unsigned int n) { return 0; }
