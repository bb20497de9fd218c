The field's type is a function-pointer typedef.
checks: link
-- src/lib.rs --
extern "C" fn close_store(s: *mut store) {}         //~ link:c/store.h:4
pub static OPS: store_ops = store_ops { close: Some(close_store) };
-- c/store.h --
#pragma once
typedef void (*store_close_fn)(struct store *s);
struct store_ops {
	store_close_fn close;
};
