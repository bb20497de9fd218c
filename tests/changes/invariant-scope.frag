Safe edits that an unchanged block relies on: a helper that it calls, a field's type, Drop, a constructor, a constant. An
edit to a function that it has nothing in common with is no reason.
checks: change cause
-- src/lib.rs --
const LIMIT: usize = 64;
pub struct Ring { data: *mut u8, head: u32 }
impl Ring {
    pub fn new(data: *mut u8) -> Self {
        Ring { data, head: 0 }
    }
    pub fn wrapped_index(&self, i: usize) -> usize {
        i % 64
    }
    pub fn byte_at(&self, i: usize) -> u8 {
        unsafe { *self.data.add(self.wrapped_index(i)) }
    }
    pub fn first(&self) -> u8 {
        unsafe { *self.data.add(self.head as usize) }
    }
    pub fn last(&self) -> u8 {
        unsafe { *self.data.add(LIMIT - 1) }
    }
}
pub fn elsewhere(p: *const u8) -> u8 {
    unsafe { *p }
}
pub fn unrelated() -> u32 { 1 }
== after ==
-- src/lib.rs --
const LIMIT: usize = 65;
pub struct Ring { data: *mut u8, head: i32 }
impl Ring {
    pub fn new(data: *mut u8) -> Self {
        Ring { data, head: 0 }
    }
    pub fn wrapped_index(&self, i: usize) -> usize {
        i % 65
    }
    pub fn byte_at(&self, i: usize) -> u8 {
        unsafe { *self.data.add(self.wrapped_index(i)) }    //~ affected:unsafe-block cause:helper
    }
    pub fn first(&self) -> u8 {
        unsafe { *self.data.add(self.head as usize) }       //~ affected:unsafe-block cause:field
    }
    pub fn last(&self) -> u8 {
        unsafe { *self.data.add(LIMIT - 1) }                //~ affected:unsafe-block cause:constant
    }
}
pub fn elsewhere(p: *const u8) -> u8 {
    unsafe { *p }
}
pub fn unrelated() -> u32 { 2 }
