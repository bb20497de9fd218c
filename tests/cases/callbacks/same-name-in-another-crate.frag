Two crates have a function of one name; each address belongs to its own crate's.
checks: callback link use
-- a/Cargo.toml --
[package]
name = "a"
-- a/src/lib.rs --
extern "C" fn on_open(s: *mut store, flags: i32) -> i32 { 0 }  //~ callback:on_open link:c/store.h:3
pub static OPS: store_ops = store_ops { open: Some(on_open) }; //~ use:on_open
-- b/Cargo.toml --
[package]
name = "b"
-- b/src/lib.rs --
extern "C" fn on_open(x: f64) {}                    //~ callback:on_open
-- c/store.h --
#pragma once
struct store_ops {
	int (*open)(struct store *s, int flags);
	void (*close)(struct store *s);
};
int store_register(const struct store_ops *ops, void (*log)(int level), void *data);
