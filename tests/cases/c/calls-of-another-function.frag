A static C function or a C++ one of the same name is what its file calls.
checks: call
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_put(n: u32) -> i32 { 0 }
-- c/store.h --
int store_put(unsigned int n);
-- c/other.c --
static int store_put(unsigned int n) { return 0; }
int other(void) { return store_put(1); }
-- c/deep.cc --
namespace deep {
int store_put(unsigned int n) { return 0; }
int other() { return store_put(1); }
}
