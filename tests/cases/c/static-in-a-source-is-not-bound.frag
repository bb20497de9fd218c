Bindings cannot name a static function of a source file.
checks: link
-- src/lib.rs --
pub fn put() -> i32 {
    unsafe { bindings::store_put(1) }
}
-- c/store.c --
static int store_put(unsigned int n) { return 0; }
