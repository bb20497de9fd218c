An attribute that takes an argument stands before the type.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:2
-- c/store.h --
#pragma once
__attribute__((visibility("default"))) int store_put(unsigned int n);
