A call across the boundary is an operation of the block that makes it.
checks: site op
-- src/lib.rs --
unsafe extern "C" {                                 //~ site:extern-block
    fn store_put(n: u32) -> i32;                    //~ site:foreign-fn
    safe fn store_version() -> i32;                 //~ site:foreign-fn
}
pub fn f() -> i32 {
    unsafe {                                        //~ site:unsafe-block
        store_put(1);                               //~ op:ffi-call
    }
    store_version()
}
