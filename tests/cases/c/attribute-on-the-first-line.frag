The first line of the file starts with an attribute.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:1
-- c/store.h --
__attribute__((weak)) int store_put(unsigned int n);
