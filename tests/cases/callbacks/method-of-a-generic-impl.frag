The kernel's way: an operations table filled with associated functions.
checks: callback link use
-- src/ops.rs --
impl<T: Driver> Adapter<T> {
    unsafe extern "C" fn open_callback(s: *mut bindings::store, flags: i32) -> i32 { 0 }  //~ callback:open_callback link:c/store.h:3
    const OPS: bindings::store_ops = bindings::store_ops {
        open: Some(Self::open_callback),            //~ use:open_callback
        close: None,
    };
}
-- c/store.h --
#pragma once
struct store_ops {
	int (*open)(struct store *s, int flags);
	void (*close)(struct store *s);
};
int store_register(const struct store_ops *ops, void (*log)(int level), void *data);
