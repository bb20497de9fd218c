C calls Rust: who reads more than was given, and Rust's own calling convention.
checks: verdict differs
-- src/lib.rs --
#[no_mangle] pub extern "C" fn store_ok(n: u32) -> u64 { 0 }  //~ verdict:agrees
#[no_mangle] pub extern "C" fn store_len(n: usize) {}  //~ verdict:breaks differs:width-breaks-LP64-LLP64
#[no_mangle] pub extern "C" fn store_more(a: u32, b: u32) {}  //~ verdict:breaks differs:arity-breaks
#[no_mangle] pub extern "C" fn store_less() {}         //~ verdict:may-break differs:arity-may-break
#[no_mangle] pub fn store_abi(n: u32) {}               //~ verdict:breaks differs:abi-breaks
#[no_mangle] pub extern "C" fn store_vec(v: Vec<u8>) {}  //~ verdict:breaks differs:rust-type-breaks
-- c/store.h --
unsigned long long store_ok(unsigned int n);
void store_len(unsigned int n);
void store_more(unsigned int a);
void store_less(int a);
void store_abi(unsigned int n);
void store_vec(void *v);
