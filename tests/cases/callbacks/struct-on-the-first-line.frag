The header starts with the struct itself.
checks: link
-- src/lib.rs --
extern "C" fn close_store(s: *mut store) {}         //~ link:c/store.h:2
pub static OPS: store_ops = store_ops { close: Some(close_store) };
-- c/store.h --
struct store_ops {
	void (*close)(struct store *s);
};
