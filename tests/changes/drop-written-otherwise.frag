A Drop whose header is written otherwise is the same Drop.
checks: change cause
-- src/lib.rs --
pub struct Rows<'a> { raw: *mut u8, of: &'a u8 }
impl<'a> Rows<'a> {
    pub fn get(&self) -> u8 {
        unsafe { *self.raw }
    }
}
impl<'a> Drop for Rows<'a> {
    fn drop(&mut self) { release(self.raw) }
}
== after ==
-- src/lib.rs --
pub struct Rows<'a> { raw: *mut u8, of: &'a u8 }
impl<'a> Rows<'a> {
    pub fn get(&self) -> u8 {
        unsafe { *self.raw }
    }
}
impl Drop for Rows<'_> {
    fn drop(&mut self) { release(self.raw) }
}
