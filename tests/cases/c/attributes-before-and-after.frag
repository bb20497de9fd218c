Attributes of every kind around a declaration.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:2 link:c/store.h:3 link:c/store.h:4 link:c/store.h:5 link:c/store.h:6
-- c/store.h --
#pragma once
__attribute__((weak)) int store_put(unsigned int n);
int store_put(unsigned int n) __attribute__((nonnull, warn_unused_result));
int __must_check store_put(unsigned int n) __printf(1, 2) __cold;
__declspec(dllexport) int store_put(unsigned int n);
__attribute__((cold))
int store_put(unsigned int n);
