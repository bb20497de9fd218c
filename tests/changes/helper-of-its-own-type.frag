Several types have a method of one name. A call belongs to the type whose method changed where the type is `self` or is
named in the function; a call on something else is no reason.
checks: change cause
-- src/lib.rs --
pub struct Options { raw: u64 }
impl Options {
    pub fn raw(&self) -> *const u64 {
        &self.raw
    }
    pub fn read(&self) -> u64 {
        unsafe { *self.raw() }
    }
}
pub struct Commit { raw: u64 }
impl Commit {
    pub fn raw(&self) -> *const u64 {
        &self.raw
    }
    pub fn read(&self) -> u64 {
        unsafe { *self.raw() }
    }
}
pub fn apply(options: &Options) -> u64 {
    unsafe { *options.raw() }
}
pub fn merge(commit: &Commit) -> u64 {
    unsafe { *commit.raw() }
}
== after ==
-- src/lib.rs --
pub struct Options { raw: u64 }
impl Options {
    pub fn raw(&self) -> *const u64 {
        if self.raw == 0 { return core::ptr::null(); }
        &self.raw
    }
    pub fn read(&self) -> u64 {
        unsafe { *self.raw() }            //~ affected:unsafe-block cause:helper
    }
}
pub struct Commit { raw: u64 }
impl Commit {
    pub fn raw(&self) -> *const u64 {
        &self.raw
    }
    pub fn read(&self) -> u64 {
        unsafe { *self.raw() }
    }
}
pub fn apply(options: &Options) -> u64 {
    unsafe { *options.raw() }             //~ affected:unsafe-block cause:helper
}
pub fn merge(commit: &Commit) -> u64 {
    unsafe { *commit.raw() }
}
