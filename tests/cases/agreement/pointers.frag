Depth, const, values where pointers belong, and what lies behind.
checks: verdict differs
-- src/lib.rs --
use std::os::raw::{c_char, c_int, c_void};
#[repr(C)] pub struct store { n: c_int }
extern "C" {
    fn store_open(out: *mut *mut store, path: *const c_char) -> c_int;  //~ verdict:agrees
    fn store_depth(out: *mut store);                 //~ verdict:may-break differs:pointer-depth-may-break
    fn store_bytes(p: *const u8, q: *mut c_void);    //~ verdict:tolerable differs:pointee-tolerable
    fn store_behind(n: *mut u32);                    //~ verdict:may-break differs:pointee-may-break-LP64-LLP64
    fn store_const(s: *const store);                 //~ verdict:tolerable differs:const-tolerable
    fn store_shared(s: &store);                      //~ verdict:may-break differs:const-may-break
    fn store_mut(s: &mut store);                     //~ verdict:agrees
    fn store_value(n: c_int);                        //~ verdict:may-break differs:int-vs-pointer-may-break
    fn store_struct(s: store);                       //~ verdict:breaks differs:by-value-vs-pointer-breaks
    fn store_array(a: *const c_int, b: *mut [u8; 16]);  //~ verdict:agrees
    fn store_slice(s: &[u8]);                        //~ verdict:breaks differs:rust-type-breaks
    fn store_handle() -> usize;                      //~ verdict:may-break differs:int-vs-pointer-may-break
}
-- c/store.h --
typedef struct store store;
int store_open(store **out, const char *path);
void store_depth(store **out);
void store_bytes(const unsigned long *p, char *q);
void store_behind(size_t *n);
void store_const(store *s);
void store_shared(store *s);
void store_mut(store *s);
void store_value(int *n);
void store_struct(store *s);
void store_array(const int a[4], unsigned char b[16]);
void store_slice(const unsigned char *s);
void *store_handle(void);
