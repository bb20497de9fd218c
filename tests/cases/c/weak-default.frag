A weak default beside the real one: both exist.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.c:1 link:c/weak.c:2
-- c/store.c --
int store_put(unsigned int n) { return 1; }
-- c/weak.c --
#include "store.h"
__attribute__((weak)) int store_put(unsigned int n) { return 0; }
