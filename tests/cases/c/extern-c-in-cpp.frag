C linkage written in C++, as a block and at the declaration.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.hpp:3 link:c/store.cc:1
-- c/store.hpp --
#pragma once
extern "C" {
int store_put(unsigned int n);
}
-- c/store.cc --
extern "C" int store_put(unsigned int n) { return 0; }
