An extern function fills a field of a C struct, bare and in `Some`.
checks: site callback link use
-- src/lib.rs --
unsafe extern "C" fn open_store(s: *mut store, flags: i32) -> i32 { 0 }  //~ site:callback callback:open_store link:c/store.h:3
extern "C" fn close_store(s: *mut store) {}         //~ site:callback callback:close_store link:c/store.h:4
pub static OPS: store_ops = store_ops {
    open: Some(open_store),                         //~ use:open_store
    close: close_store,                             //~ use:close_store
};
-- c/store.h --
#pragma once
struct store_ops {
	int (*open)(struct store *s, int flags);
	void (*close)(struct store *s);
};
int store_register(const struct store_ops *ops, void (*log)(int level), void *data);
