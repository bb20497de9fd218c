A function that returns a function pointer, as `signal` does.
checks: link
-- src/lib.rs --
extern "C" { fn store_hook(n: i32) -> Option<extern "C" fn(i32)>; }  //~ link:c/store.h:2
-- c/store.h --
#pragma once
void (*store_hook(int n))(int);
