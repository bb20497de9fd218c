A static inline stand-in for builds without Rust belongs to the crossing.
checks: link
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_put(n: u32) -> i32 { 0 }    //~ link:c/store.h:2 link:c/store.h:4
-- c/store.h --
#ifdef CONFIG_RUST
int store_put(unsigned int n);
#else
static inline int store_put(unsigned int n) { return 0; }
#endif
