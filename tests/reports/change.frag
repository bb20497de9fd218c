A change with news of every kind, for the golden texts of the reports: C changes a parameter, a lint goes away, a block is
new, a block does more, a bound is gone, a check is gone.
-- Cargo.toml --
[package]
name = "store"
[lints.rust]
unsafe_op_in_unsafe_fn = "deny"
-- src/lib.rs --
use std::os::raw::c_int;

extern "C" {
    fn store_put(n: c_int) -> c_int;
}

pub struct Queue<T> {
    head: *mut T,
}

unsafe impl<T: Send> Send for Queue<T> {}

pub fn put(n: c_int) -> c_int {
    unsafe { store_put(n) }
}

pub fn first(bytes: &[u8]) -> u8 {
    assert!(!bytes.is_empty());
    // SAFETY: there is at least one byte.
    unsafe { *bytes.get_unchecked(0) }
}

pub fn last<T>(queue: &Queue<T>) -> Option<&T> {
    unsafe { queue.head.as_ref() }
}
-- src/moved.rs --
pub unsafe fn moved(p: *const u8) -> u8 {
    *p
}
-- c/store.h --
int store_put(int n);
== after ==
removed: src/moved.rs
-- Cargo.toml --
[package]
name = "store"
-- src/lib.rs --
use std::os::raw::c_int;

extern "C" {
    fn store_put(n: c_int) -> c_int;
}

pub struct Queue<T> {
    head: *mut T,
}

unsafe impl<T> Send for Queue<T> {}

pub fn put(n: c_int) -> c_int {
    unsafe { store_put(n) }
}

pub fn first(bytes: &[u8]) -> u8 {
    // SAFETY: there is at least one byte.
    unsafe { *bytes.get_unchecked(0) }
}

pub fn last<T>(queue: &Queue<T>) -> Option<&T> {
    unsafe {
        queue.head.write(std::mem::zeroed());
        queue.head.as_ref()
    }
}

pub fn bits(n: u32) -> f32 {
    unsafe { std::mem::transmute(n) }
}
-- src/elsewhere.rs --
pub unsafe fn moved(p: *const u8) -> u8 {
    *p
}
-- c/store.h --
int store_put(long n);
