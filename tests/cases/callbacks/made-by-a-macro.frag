A macro makes the extern function, the table names it.
checks: callback link use
-- src/lib.rs --
macro_rules! hook {
    ($name:ident) => {
        unsafe extern "C" fn $name(s: *mut store, flags: i32) -> i32 { 0 }
    };
}
hook!(open_store);                                  //~ callback:open_store link:c/store.h:3
pub static OPS: store_ops = store_ops {
    open: Some(open_store),                         //~ use:open_store
};
-- c/store.h --
#pragma once
struct store_ops {
	int (*open)(struct store *s, int flags);
	void (*close)(struct store *s);
};
int store_register(const struct store_ops *ops, void (*log)(int level), void *data);
