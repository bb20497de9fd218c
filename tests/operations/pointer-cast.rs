fn hits(x: &u32, p: *const u8, f: fn()) {
    x as *const u32; //~ pointer-cast
    x as *const _ as *mut u32; //~ pointer-cast
    &mut x as *mut u32 as *mut c_void; //~ pointer-cast
    self as *const Self as *const u8; //~ pointer-cast
    f as *const (); //~ pointer-cast
    (x as *const u32) as *const u8; //~ pointer-cast
    call(x as usize) as *mut u8; //~ pointer-cast
    self.base.field as *const T; //~ pointer-cast
    p.cast::<u32>(); //~ pointer-cast
    p.cast(); //~ pointer-cast
    p.cast_mut(); //~ pointer-cast
    p.cast_const(); //~ pointer-cast
    ptr::from_ref(x); //~ pointer-cast
    core::ptr::from_mut::<u32>(x); //~ pointer-cast
    integer_that_a_name_hides as *mut u8; //~ pointer-cast
}

fn near_misses(p: *const u8) {
    let typed: *const u8 = x;
    p as usize;
    p as u64 as u32;
    number.cast(1);
    slice::from_ref(x);
    0x1000 as *mut u8; //~ int-to-pointer
}
