Two definitions, of which a build takes one.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.c:2 link:c/store.c:4
-- c/store.c --
#ifdef _WIN32
int store_put(unsigned int n) { return 1; }
#else
int store_put(unsigned int n) { return 2; }
#endif
