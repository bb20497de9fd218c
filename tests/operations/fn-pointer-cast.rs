fn hits() {
    on_event as extern "C" fn(i32); //~ fn-pointer-cast
    on_event as unsafe extern "C" fn(*mut c_void) -> i32; //~ fn-pointer-cast
    on_event as unsafe fn(); //~ fn-pointer-cast
    module::on_event as extern "system" fn(); //~ fn-pointer-cast
    Some(on_event as extern "C" fn()); //~ fn-pointer-cast
    on_event as extern "C" fn() as *const (); //~ fn-pointer-cast pointer-cast
}

fn near_misses(callback: extern "C" fn(i32)) {
    on_event as fn(i32);
    on_event as usize;
    let typed: extern "C" fn(i32) = on_event;
}
