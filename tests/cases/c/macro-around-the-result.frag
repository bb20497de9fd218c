libgit2's way: a macro around the result type.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:2
-- c/store.h --
#define GIT_EXTERN(type) extern type
GIT_EXTERN(int) store_put(unsigned int n);
