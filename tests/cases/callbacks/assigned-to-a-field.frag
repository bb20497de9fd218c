The field is assigned after the struct was made.
checks: callback use
-- src/lib.rs --
extern "C" fn close_store(s: *mut store) {}         //~ callback:close_store
pub fn fill(ops: &mut store_ops) {
    ops.close = Some(close_store);                  //~ use:close_store
}
-- c/store.h --
#pragma once
struct store_ops {
	int (*open)(struct store *s, int flags);
	void (*close)(struct store *s);
};
int store_register(const struct store_ops *ops, void (*log)(int level), void *data);
