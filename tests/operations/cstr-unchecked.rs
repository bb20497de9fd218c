unsafe fn hits(bytes: &[u8]) {
    CStr::from_bytes_with_nul_unchecked(bytes); //~ cstr-unchecked
    std::ffi::CStr::from_bytes_with_nul_unchecked(bytes); //~ cstr-unchecked
    CString::from_vec_unchecked(list); //~ cstr-unchecked
    ffi::CString::from_vec_with_nul_unchecked(list); //~ cstr-unchecked
}

fn near_misses(bytes: &[u8]) {
    CStr::from_bytes_with_nul(bytes);
    CString::new(bytes);
    Bits::from_vec_unchecked(list);
}
