A record of C that no header shows and that stands beside nothing that crosses is another one. The members of a union may
stand in any order.
checks: record
-- src/lib.rs --
#[repr(C)]
pub struct Memory { start: *mut u8, size: usize }
#[repr(C)]
pub union Value { table: u64, global: u32 }    //~ record:agrees
#[no_mangle]
pub extern "C" fn store_put(memory: &Memory, value: &Value) {}
-- c/store.h --
union Value { unsigned global; unsigned long long table; };
void store_put(void *memory, union Value *value);
-- c/test.c --
struct Memory { int test; };
