A static function of the same name in a source file is another function.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:1
-- c/store.h --
int store_put(unsigned int n);
-- c/other.c --
static int store_put(unsigned int n) { return 0; }
static inline int __attribute__((unused)) use(void) { return store_put(1); }
