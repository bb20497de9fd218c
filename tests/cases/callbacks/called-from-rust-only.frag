A call of an extern function by Rust itself hands no address out.
checks: callback use
-- src/lib.rs --
extern "C" fn helper(n: i32) -> i32 { n }           //~ callback:helper
pub fn run() -> i32 { helper(1) }
-- c/store.h --
#pragma once
struct store_ops {
	int (*open)(struct store *s, int flags);
	void (*close)(struct store *s);
};
int store_register(const struct store_ops *ops, void (*log)(int level), void *data);
