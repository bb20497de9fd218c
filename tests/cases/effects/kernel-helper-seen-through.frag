checks: effect

A helper that wraps an inline function does what that does: the one of the header that it includes, not another of the
same name. What the helper calls stands in `via`.

-- rust/kernel/store.rs --
use crate::bindings;

pub fn get(p: *mut bindings::store) -> *mut bindings::item {
    unsafe { bindings::store_first(p) }
}
-- rust/helpers/store.c --
#include <linux/store.h>

struct item *rust_helper_store_first(struct store *s)
{
	return store_first(s);
}
-- include/linux/store.h --
static inline struct item *store_first(struct store *s)
{
	if (s->count == 0)                      //~ effect:reads-through-s-of-store_first effect:dereferenced-before-null-test-s-of-store_first effect:reads-through-s-of-rust_helper_store_first-via-store_first effect:dereferenced-before-null-test-s-of-rust_helper_store_first-via-store_first
		return NULL;                    //~ effect:may-return-null-of-store_first effect:may-return-null-of-rust_helper_store_first-via-store_first
	return s->first;                        //~ effect:returns-borrowed-s->first-of-store_first effect:returns-borrowed-s->first-of-rust_helper_store_first-via-store_first
}
-- tools/testing/store.h --
static inline struct item *store_first(struct store *s)
{
	return NULL;                            //~ effect:may-return-null-of-store_first effect:always-returns-constant-NULL-of-store_first
}
