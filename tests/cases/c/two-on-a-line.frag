Two declarations on one line.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:2
-- c/store.h --
#pragma once
int store_get(unsigned int n); int store_put(unsigned int n);
