A function pointer in a struct may have the function's name: a call through it is another call.
checks: call
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_put(n: u32) -> i32 { 0 }
-- c/store.h --
int store_put(unsigned int n);
-- c/other.c --
int other(struct ops *o) { return o->store_put(1) + o[0].store_put(2); }
