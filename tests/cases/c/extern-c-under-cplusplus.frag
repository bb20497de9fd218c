A C header that C++ may include.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:6
-- c/store.h --
#ifndef STORE_H
#define STORE_H
#ifdef __cplusplus
extern "C" {
#endif
int store_put(unsigned int n);
#ifdef __cplusplus
}
#endif
#endif
