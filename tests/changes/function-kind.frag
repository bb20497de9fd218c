A function that is exported no longer but still handed to C is one function changed, not one gone and one new.
checks: change cause
-- src/lib.rs --
use std::os::raw::c_void;
extern "C" { fn register(f: unsafe extern "C" fn(*mut c_void)); }
pub fn start() { unsafe { register(lower) } }
#[no_mangle]
unsafe extern "C" fn lower(buffer: *mut c_void) {
    *buffer.cast::<u8>() = 0;
}
== after ==
-- src/lib.rs --
use std::os::raw::c_void;
extern "C" { fn register(f: unsafe extern "C" fn(*mut c_void)); }
pub fn start() { unsafe { register(lower) } }
unsafe extern "C" fn lower(buffer: *mut c_void) {      //~ changed:callback cause:header
    *buffer.cast::<u8>() = 0;
}
