A C23 or C++ attribute stands before the type.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:2
-- c/store.h --
#pragma once
[[nodiscard]] int store_put(unsigned int n);
