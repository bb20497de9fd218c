A plain C++ function has a mangled symbol: nothing else is there to join.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }
-- c/store.cc --
int store_put(unsigned int n) { return 0; }
