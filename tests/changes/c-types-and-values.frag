A C struct gets a field, an enumerator moves, a macro changes: the Rust that names them needs eyes, the rest does not.
checks: change cause
-- src/lib.rs --
use std::os::raw::{c_int, c_uint};
pub const STORE_MAX: c_uint = 16;
#[repr(C)]
pub struct store { id: c_int, size: c_uint }
extern "C" {
    fn store_init(s: *mut store) -> c_int;      //~ affected:foreign-fn cause:c-type cause:disagreement
    fn other(n: c_int);
}
pub fn make() -> store {
    let mut s = store { id: 0, size: 0 };
    unsafe { store_init(&mut s) };              //~ affected:unsafe-block cause:c-type cause:disagreement
    s
}
pub fn full(n: *const c_uint) -> bool {
    unsafe { *n >= STORE_MAX }                  //~ affected:unsafe-block cause:c-constant cause:disagreement
}
pub fn untouched(n: c_int) {
    unsafe { other(n) }
}
-- c/store.h --
#define STORE_MAX 16
#define STORE_MIN 1
struct store { int id; unsigned size; };
int store_init(struct store *s);
void other(int n);
== after ==
-- c/store.h --
#define STORE_MAX 8
#define STORE_MIN 1
struct store { int id; unsigned flags; unsigned size; };
int store_init(struct store *s);
void other(int n);
