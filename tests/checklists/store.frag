A wrapper with a function that C calls back, one that is declared wrongly, and a promise about threads.
-- Cargo.toml --
[package]
name = "store"
-- src/lib.rs --
use std::ffi::{c_char, c_int, c_uint, c_void, CStr};

extern "C" {
    fn store_put(store: *mut c_void, key: *const c_char, size: c_uint) -> c_int;
    fn store_name(store: *const c_void) -> *const c_char;
    fn store_watch(store: *mut c_void, seen: extern "C" fn(*mut c_void), user: *mut c_void);
}

pub struct Store<T> {
    raw: *mut c_void,
    extra: T,
}

// SAFETY: the library has a lock.
unsafe impl<T> Send for Store<T> {}

impl<T> Store<T> {
    pub fn put(&mut self, key: &CStr, size: u32) -> bool {
        // SAFETY: `raw` lives as long as `self`.
        unsafe { store_put(self.raw, key.as_ptr(), size) == 0 }
    }

    pub fn name(&self) -> Option<&CStr> {
        let name = unsafe { store_name(self.raw) };
        if name.is_null() {
            return None;
        }
        // SAFETY: not null, see above.
        Some(unsafe { CStr::from_ptr(name) })
    }

    pub fn watch(&mut self, count: &mut Box<u32>) {
        unsafe { store_watch(self.raw, seen, (&raw mut **count).cast()) }
    }
}

extern "C" fn seen(user: *mut c_void) {
    let count = unsafe { &mut *user.cast::<u32>() };
    *count = count.checked_add(1).expect("few");
}
-- c/store.h --
int store_put(void *store, const char *key, unsigned long size);
const char *store_name(const void *store);
void store_watch(void *store, void (*seen)(void *), void *user);
-- c/store.c --
#include <string.h>
#include "store.h"

struct store { char name[20]; int named; void (*seen)(void *); void *user; };

int store_put(void *store, const char *key, unsigned long size)
{
	if (!store || !key)
		return -1;
	memcpy(((struct store *)store)->name, key, size);
	return 0;
}

const char *store_name(const void *store)
{
	const struct store *own = store;
	if (!own->named)
		return NULL;
	return own->name;
}

void store_watch(void *store, void (*seen)(void *), void *user)
{
	struct store *own = store;
	own->seen = seen;
	own->user = user;
}
