How safe code gets to a place.
checks: reach
-- src/lib.rs --
pub fn open(p: *const u8) -> u8 {
    unsafe { *p }                                   //~ reach:public-safe-fn
}
pub unsafe fn raw(p: *const u8) -> u8 {             //~ reach:unsafe-fn
    unsafe { *p }                                   //~ reach:unsafe-fn
}
fn inner(p: *const u8) -> u8 {
    unsafe { *p }                                   //~ reach:through-outer
}
pub fn outer(p: *const u8) -> u8 { inner(p) }
fn alone(p: *const u8) -> u8 {
    unsafe { *p }                                   //~ reach:private
}
#[no_mangle]
pub extern "C" fn store_open(p: *const u8) -> u8 {  //~ reach:C
    unsafe { *p }                                   //~ reach:C
}
impl Drop for Store {
    fn drop(&mut self) { unsafe { free(self.0) } }  //~ reach:public-safe-fn
}
