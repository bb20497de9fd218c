Exported data, constant and mutable.
checks: site export
-- src/lib.rs --
#[no_mangle]
pub static STORE_VERSION: u32 = 3;                  //~ site:export export:STORE_VERSION
#[no_mangle]
pub static mut STORE_ERRNO: i32 = 0;                //~ site:export export:STORE_ERRNO
#[export_name = "store_limits"]
static LIMITS: [u32; 2] = [1, 2];                   //~ site:export export:store_limits
