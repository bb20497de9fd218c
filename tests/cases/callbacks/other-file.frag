The function stands in one file, its address is taken in another.
checks: callback link use
-- Cargo.toml --
[package]
name = "store"
-- src/lib.rs --
mod hooks;
pub static OPS: store_ops = store_ops {
    open: Some(hooks::open_store),                  //~ use:open_store
};
-- src/hooks.rs --
pub extern "C" fn open_store(s: *mut store, flags: i32) -> i32 { 0 }  //~ callback:open_store link:c/store.h:3
-- c/store.h --
#pragma once
struct store_ops {
	int (*open)(struct store *s, int flags);
	void (*close)(struct store *s);
};
int store_register(const struct store_ops *ops, void (*log)(int level), void *data);
