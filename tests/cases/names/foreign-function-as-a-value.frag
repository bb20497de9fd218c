A C function handed on as a value is used there.
checks: use
-- src/lib.rs --
extern "C" { fn store_free(p: *mut u8); }
mod raw { extern "C" { pub fn store_drop(p: *mut u8); } }
pub fn f() {
    let p = store_free as *const ();                //~ use:store_free
    keep(Some(store_free), raw::store_drop);        //~ use:store_free use:store_drop
}
