A file is renamed, and with it every function and type in it, while some code changes: the same functions under other names.
checks: change
-- src/ikev2.rs --
pub unsafe extern "C" fn probe(p: *const u8) -> u32 { 0 }
#[no_mangle]
pub unsafe extern "C" fn rs_ikev2_parse(input: *const u8, len: u32, state: *mut Ikev2State) -> i32 {
    if input.is_null() || len < 28 { return -1; }
    let state = &mut *state;
    match state.parse(std::slice::from_raw_parts(input, len as usize)) { Ok(n) => n, Err(_) => -1 }
}
#[no_mangle]
pub extern "C" fn rs_ikev2_free(state: *mut Ikev2State, flags: u32, direction: u8) {
    if flags == 0 && direction == 1 { log("done with ikev2"); }
    drop(unsafe { Box::from_raw(state) });
}
== after ==
removed: src/ikev2.rs
-- src/ike.rs --
pub unsafe extern "C" fn probe(p: *const u8) -> u32 { 0 } //~ moved:callback
#[no_mangle]
pub unsafe extern "C" fn rs_ike_parse(input: *const u8, len: u32, state: *mut IkeState) -> i32 { //~ changed:export
    if input.is_null() || len < 28 { return -1; }
    let state = &mut *state;
    match state.parse(std::slice::from_raw_parts(input, len as usize)) { Ok(n) => n, Err(_) => -2 }
}
#[no_mangle]
pub extern "C" fn rs_ike_free(state: *mut IkeState, flags: u32, direction: u8) { //~ changed:export
    if flags == 0 && direction == 1 { log("done with ike"); }
    drop(unsafe { Box::from_raw(state) });
}
