A callback parameter can no longer be null, a field neither, and a foreign function becomes safe to call.
checks: change cause
-- src/lib.rs --
#[repr(C)]
pub struct Ops { open: Option<unsafe extern "C" fn(i32)>, close: Option<unsafe extern "C" fn(i32)> }
unsafe extern "C" {
    fn set_ops(ops: *const Ops);
    unsafe fn size() -> i32;
}
pub fn register(ops: &Ops) {
    unsafe { set_ops(ops as *const Ops) }
}
== after ==
-- src/lib.rs --
#[repr(C)]
pub struct Ops { open: unsafe extern "C" fn(i32), close: Option<unsafe extern "C" fn(i32)> }
unsafe extern "C" {
    fn set_ops(ops: *const Ops);                //~ affected:foreign-fn cause:nullable-dropped
    safe fn size() -> i32;                      //~ changed:foreign-fn cause:code cause:safe-foreign
}
pub fn register(ops: &Ops) {
    unsafe { set_ops(ops as *const Ops) }       //~ affected:unsafe-block cause:nullable-dropped
}
