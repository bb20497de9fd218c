Header and source: both belong to the crossing.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:2 link:c/store.c:2
-- c/store.h --
/* Puts a number into the store. */
int store_put(unsigned int n);
-- c/store.c --
#include "store.h"
int store_put(unsigned int n) { return n != 0; }
