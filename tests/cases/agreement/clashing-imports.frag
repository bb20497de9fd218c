Two extern items of one symbol, no C side in the tree: Rust itself disagrees.
checks: verdict differs
-- a/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; fn store_get(n: u32); }
-- b/lib.rs --
extern "C" {
    fn store_put(n: u64) -> i32;                     //~ verdict:may-break differs:width-may-break
    fn store_get(n: u32);
}
