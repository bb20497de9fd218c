A local variable or parameter of the name is not the function.
checks: call use
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }
pub fn f(store_put: impl Fn(u32) -> i32) -> i32 { store_put(1) }
