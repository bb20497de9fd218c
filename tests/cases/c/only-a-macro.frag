The name is a function-like macro: no symbol, but the closest that C has.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:2
-- c/store.h --
int store_insert(unsigned int n);
#define store_put(n) store_insert((n) + 1)
