A field, type or variable of function-pointer type is no function.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }
-- c/store.c --
#include "store.h"
struct ops { int (*store_put)(unsigned int n); };
struct more {
    int (*store_put)(unsigned int n);
};
typedef int (*store_put)(unsigned int n);
int (*store_put)(unsigned int n);
