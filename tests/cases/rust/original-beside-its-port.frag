A symbol that C and Rust both define: the C original beside its port.
checks: link direction
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }         //~ link:c/store.c:1 link:src/port.rs:2 direction:rust-to-c
-- src/port.rs --
#[no_mangle]
pub extern "C" fn store_put(n: u32) -> i32 { 0 }    //~ link:c/store.c:1 direction:c-to-rust
-- c/store.c --
int store_put(unsigned int n) { return 0; }
