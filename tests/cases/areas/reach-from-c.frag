C gets to what a private export or callback does, and to what they call.
checks: reach
-- src/lib.rs --
#[no_mangle]
extern "C" fn store_close(p: *mut u8) {             //~ reach:C
    unsafe { free(p) }                              //~ reach:C
}
extern "C" fn on_event(p: *mut u8) {                //~ reach:C
    unsafe { free(p) }                              //~ reach:C
}
