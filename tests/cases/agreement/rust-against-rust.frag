An extern item against the Rust function that defines the symbol.
checks: verdict differs
-- a/lib.rs --
#[no_mangle] pub extern "C" fn store_put(n: u64) -> i32 { 0 }
#[no_mangle] pub fn store_quick(n: u64) -> i32 { 0 }
-- b/lib.rs --
extern "C" {
    fn store_put(n: u32) -> i32;                     //~ verdict:breaks differs:width-breaks
    fn store_quick(n: u64) -> i32;                   //~ verdict:breaks differs:abi-breaks
}
