A qualified call goes to another function; a call with a bare `::` goes to the global one.
checks: call
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_put(n: u32) -> i32 { 0 }
-- c/store.h --
int store_put(unsigned int n);
-- c/other.cc --
#include "store.h"
int run() { return other::store_put(2); }
int run_global() { return ::store_put(2); }         //~ call:store_put
