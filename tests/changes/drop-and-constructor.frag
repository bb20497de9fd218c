A constructor no longer fills the buffer, and a type gets a Drop: unsafe code of that type relies on both.
checks: change cause
-- src/lib.rs --
pub struct Buffer { bytes: Vec<u8> }
impl Buffer {
    pub fn with_size(n: usize) -> Self {
        Buffer { bytes: vec![0; n] }
    }
    pub fn at(&self, i: usize) -> u8 {
        unsafe { *self.bytes.get_unchecked(i) }
    }
}
pub struct Handle { raw: *mut u8 }
impl Handle {
    pub fn get(&self) -> u8 {
        unsafe { *self.raw }
    }
}
== after ==
-- src/lib.rs --
pub struct Buffer { bytes: Vec<u8> }
impl Buffer {
    pub fn with_size(n: usize) -> Self {
        Buffer { bytes: Vec::with_capacity(n) }
    }
    pub fn at(&self, i: usize) -> u8 {
        unsafe { *self.bytes.get_unchecked(i) } //~ affected:unsafe-block cause:constructor
    }
}
pub struct Handle { raw: *mut u8 }
impl Handle {
    pub fn get(&self) -> u8 {
        unsafe { *self.raw }                    //~ affected:unsafe-block cause:drop
    }
}
impl Drop for Handle {
    fn drop(&mut self) { release(self.raw) }
}
