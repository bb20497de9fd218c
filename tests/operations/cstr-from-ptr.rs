unsafe fn hits(p: *const c_char) {
    CStr::from_ptr(p); //~ cstr-from-ptr
    std::ffi::CStr::from_ptr(p); //~ cstr-from-ptr
    ffi::CStr::from_ptr(p.cast()).to_str(); //~ cstr-from-ptr pointer-cast
    CStr::from_char_ptr(p); //~ cstr-from-ptr
    CStr::from_ptr(bindings::name()).to_bytes(); //~ cstr-from-ptr
}

fn near_misses() {
    Handle::from_ptr(p);
    U16CStr::from_ptr(p, n);
    CStr::from_bytes_until_nul(bytes);
    from_ptr(p);
}
