A small wrapper of a C library with a few flaws, for the golden texts of the reports.
-- Cargo.toml --
[package]
name = "store"
-- src/lib.rs --
use std::ffi::{c_char, c_int, c_uint, CStr};

#[repr(C)]
pub struct store_t {
    _private: [u8; 0],
}

extern "C" {
    fn store_put(store: *mut store_t, key: *const c_char, size: c_uint) -> c_int;
    fn store_name(store: *const store_t) -> *const c_char;
    fn store_each(
        store: *const store_t,
        visit: extern "C" fn(*const c_char),
    );
}

pub struct Store<T> {
    raw: *mut store_t,
    extra: T,
}

unsafe impl<T> Send for Store<T> {}

impl<T> Store<T> {
    pub fn put(&mut self, key: &CStr, size: u32) -> bool {
        // SAFETY: `raw` lives as long as `self`.
        unsafe { store_put(self.raw, key.as_ptr(), size) == 0 }
    }

    pub fn name(&self) -> &str {
        let _ = "𐐀"; unsafe { CStr::from_ptr(store_name(self.raw)) }.to_str().unwrap()
    }

    pub fn each(&self) {
        unsafe { store_each(self.raw, print) }
    }
}

extern "C" fn print(key: *const c_char) {
    println!("{}", unsafe { CStr::from_ptr(key) }.to_str().unwrap());
}
-- c/store.h --
typedef struct store store_t;
int store_put(store_t *store, const char *key, unsigned long size);
const char *store_name(const store_t *store);
void store_each(const store_t *store, void (*visit)(const char *));
-- c/store.c --
#include "store.h"

int store_put(store_t *store, const char *key, unsigned long size)
{
	return store && key && size ? 0 : -1;
}

const char *store_name(const store_t *store)
{
	if (!store)
		return 0;
	return "store";
}

void store_each(const store_t *store, void (*visit)(const char *))
{
	visit(store ? "one" : "none");
}
