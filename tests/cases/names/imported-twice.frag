Two crates declare one symbol: one crossing, both declarations.
checks: import link
-- a/Cargo.toml --
[package]
name = "a"
-- a/src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }         //~ import:store_put link:c/store.h:1
-- b/Cargo.toml --
[package]
name = "b"
-- b/src/lib.rs --
extern "C" { fn store_put(n: u64) -> i32; }         //~ import:store_put link:c/store.h:1
-- c/store.h --
int store_put(unsigned int n);
