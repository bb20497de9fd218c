A parameter or local variable of the name is not the function.
checks: call use
xfail: a parameter of the name counts as a use of the function
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_put(n: u32) -> i32 { 0 }
-- c/store.h --
int store_put(unsigned int n);
-- c/other.c --
int other(int store_put) { return store_put + 1; }
