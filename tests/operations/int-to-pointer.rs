fn hits(address: usize, p: *const u8) {
    0xb8000 as *mut u16; //~ int-to-pointer
    0 as *const c_char; //~ int-to-pointer
    (0x1000) as *mut u8; //~ int-to-pointer
    -1isize as *mut c_void; //~ int-to-pointer
    !0 as *mut c_void; //~ int-to-pointer
    address as usize as *mut u8; //~ int-to-pointer
    (address as usize) as *mut u8; //~ int-to-pointer
    call(address) as u64 as *mut u8; //~ int-to-pointer
    address as libc::uintptr_t as *const u8; //~ int-to-pointer
    (base + offset) as *mut u8; //~ int-to-pointer
    (self.base() & !mask) as *mut u8; //~ int-to-pointer
    (p as usize + 4) as *mut u8; //~ int-to-pointer
    usize::MAX as *mut u8; //~ int-to-pointer
    p.addr() as *const u8; //~ int-to-pointer
    (usize::MAX as *mut u8) as *mut u16; //~ int-to-pointer pointer-cast
    ptr::with_exposed_provenance::<u8>(address); //~ int-to-pointer
    core::ptr::with_exposed_provenance_mut(address); //~ int-to-pointer
    ptr::from_exposed_addr(address); //~ int-to-pointer
    without_provenance::<u8>(address); //~ int-to-pointer
    ptr::invalid_mut(address); //~ int-to-pointer
}

fn near_misses(address: usize) {
    0 as usize;
    Error::invalid(address);
    (&x) as *const u8; //~ pointer-cast
    (p as *const u8) as *mut u8; //~ pointer-cast
    call(base + offset) as *mut u8; //~ pointer-cast
    address as *mut u8; //~ pointer-cast
    ptr::null::<u8>();
}
