A macro without a semicolon stands above the declaration and is no part of it.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:3
-- c/store.h --
#pragma once
STORE_BEGIN_DECLS
int store_put(unsigned int n);
STORE_END_DECLS
