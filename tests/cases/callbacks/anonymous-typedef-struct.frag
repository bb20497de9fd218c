The struct has only its typedef's name.
checks: link
-- src/lib.rs --
extern "C" fn close_store(s: *mut store) {}         //~ link:c/store.h:3
pub static OPS: store_ops = store_ops { close: Some(close_store) };
-- c/store.h --
#pragma once
typedef struct {
	void (*close)(struct store *s);
} store_ops;
