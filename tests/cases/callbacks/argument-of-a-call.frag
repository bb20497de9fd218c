An extern function is handed to a C function.
checks: callback link use call import
-- src/lib.rs --
extern "C" {
    fn store_register(ops: *const u8, log: Option<extern "C" fn(i32)>, data: *mut u8) -> i32;  //~ import:store_register link:c/store.h:6
}
extern "C" fn log_line(level: i32) {}               //~ callback:log_line link:c/store.h:6
pub fn start() {
    unsafe { store_register(core::ptr::null(), Some(log_line), core::ptr::null_mut()) };  //~ use:log_line call:store_register
}
-- c/store.h --
#pragma once
struct store_ops {
	int (*open)(struct store *s, int flags);
	void (*close)(struct store *s);
};
int store_register(const struct store_ops *ops, void (*log)(int level), void *data);
