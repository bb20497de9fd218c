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
pub type Alone = Option::<
    unsafe extern "C" fn(*mut u8, isize, *const u8, isize, libc::c_int, libc::c_int, libc::c_int, libc::c_int) -> (),
>;
pub type Beside = Option::<
    unsafe extern "C" fn(*mut u8, isize, *const u8, libc::c_int, libc::c_int, libc::c_int) -> (),
>;
#[derive(Copy, Clone)]
#[repr(C)]
pub union Behind {                                  //~ site:union
    pub wide: *mut u64,
    pub narrow: libc::c_uint,
}
pub type Last = Option::<
    unsafe extern "C" fn(*mut u8, Size, Flags, *const u8) -> (),
>;
