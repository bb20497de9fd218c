`unsafe` in a type is no place to look at: the call through it is.
checks: site
-- src/lib.rs --
pub type Hook = unsafe extern "C" fn(*mut u8) -> i32;
pub type Plain = unsafe fn(u8);
struct Table {
    open: Option<unsafe extern "C" fn(*mut u8) -> i32>,
    close: extern "C" fn(i32),
    bound: for<'a> unsafe fn(&'a u8),
}
pub fn run(hook: Hook, p: *mut u8) -> i32 {
    unsafe { hook(p) }                              //~ site:unsafe-block
}
