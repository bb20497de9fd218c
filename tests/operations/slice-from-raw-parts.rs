unsafe fn hits<'a>(p: *const u8, n: usize) -> &'a [u8] {
    std::slice::from_raw_parts(p, n); //~ slice-from-raw-parts
    core::slice::from_raw_parts_mut::<u8>(p, n); //~ slice-from-raw-parts
    slice::from_raw_parts_mut(p, n); //~ slice-from-raw-parts
    slice::from_ptr_range(range); //~ slice-from-raw-parts
    from_raw_parts(p, n); //~ slice-from-raw-parts
    from_raw_parts::<u8>(p, n) //~ slice-from-raw-parts
}

fn near_misses() {
    ptr::slice_from_raw_parts(p, n);
    slice::from_ref(&x);
    Foreign::from_raw_parts(p, n);
    ptr::from_raw_parts(p, metadata);
    value.from_raw_parts(p, n);
}
