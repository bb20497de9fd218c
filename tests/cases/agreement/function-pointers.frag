Callbacks as parameters: arity, calling convention, what may be null.
checks: verdict differs
-- src/lib.rs --
use std::os::raw::{c_int, c_void};
type Visit = Option<unsafe extern "C" fn(n: c_int, data: *mut c_void) -> c_int>;
extern "C" {
    fn store_visit(f: Visit, data: *mut c_void);     //~ verdict:agrees
    fn store_visit_plain(f: extern "C" fn(c_int, *mut c_void) -> c_int);  //~ verdict:agrees
    fn store_visit_rust(f: fn(c_int, *mut c_void) -> c_int);  //~ verdict:breaks differs:fn-pointer-breaks
    fn store_visit_few(f: extern "C" fn(c_int) -> c_int);     //~ verdict:may-break differs:fn-pointer-may-break
    fn store_visit_wide(f: extern "C" fn(i64, *mut c_void) -> c_int);  //~ verdict:breaks differs:fn-pointer-breaks
    fn store_visit_data(f: *const c_int);            //~ verdict:may-break differs:fn-pointer-may-break
}
-- c/store.h --
typedef int (*store_visit_fn)(int n, void *data);
void store_visit(store_visit_fn f, void *data);
void store_visit_plain(int (*f)(int, void *));
void store_visit_rust(store_visit_fn f);
void store_visit_few(store_visit_fn f);
void store_visit_wide(store_visit_fn f);
void store_visit_data(store_visit_fn f);
