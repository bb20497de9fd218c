Nothing but static functions has the name: no linker joins them.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }
-- c/other.c --
static int store_put(unsigned int n);
static int
store_put(unsigned int n) { return 0; }
