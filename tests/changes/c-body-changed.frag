The body of a C function changes, and that of a helper that another one calls. Layout and comments of a third do not count.
checks: change cause
-- src/lib.rs --
use std::os::raw::{c_char, c_int};
extern "C" {
    fn store_open(path: *const c_char) -> c_int;    //~ affected:foreign-fn cause:c-body
    fn store_close(id: c_int);                      //~ affected:foreign-fn cause:c-body
    fn store_sync(id: c_int);
}
pub fn open(path: *const c_char) -> c_int {
    unsafe { store_open(path) }                     //~ affected:unsafe-block cause:c-body
}
pub fn close(id: c_int) {
    unsafe { store_close(id) }                      //~ affected:unsafe-block cause:c-body
}
pub fn sync(id: c_int) {
    unsafe { store_sync(id) }
}
-- c/store.c --
static void forget(int id) { slots[id] = 0; }
int store_open(const char *path)
{
	return path ? find(path) : -1;
}
void store_close(int id)
{
	forget(id);
}
void store_sync(int id) { flush(id); }
== after ==
-- c/store.c --
static void forget(int id) { free(slots[id]); slots[id] = 0; }
int store_open(const char *path)
{
	return find(path);
}
void store_close(int id)
{
	forget(id);
}
void store_sync(int id)
{
	flush(id); /* now */
}
