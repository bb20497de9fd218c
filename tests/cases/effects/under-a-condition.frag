checks: effect

An inline function and its stand-in under the opposite condition: both are told, and the caller is said to return a
constant by neither.

-- rust/kernel/store.rs --
use crate::bindings;

pub fn get() -> i32 {
    unsafe { bindings::store_count() }
}
-- rust/helpers/store.c --
#include <linux/store.h>

int rust_helper_store_count(void)
{
	return store_count();
}
-- include/linux/store.h --
#ifdef CONFIG_STORE
static inline int store_count(void)
{
	if (!ready())
		return -EAGAIN;                 //~ effect:negative-errno--EAGAIN-of-store_count effect:negative-errno--EAGAIN-of-rust_helper_store_count-via-store_count
	return count();
}
#else
static inline int store_count(void)
{
	return 0;                               //~ effect:always-returns-constant-0-of-store_count
}
#endif
