unsafe fn hits(bytes: &[u8]) {
    std::str::from_utf8_unchecked(bytes); //~ from-utf8-unchecked
    str::from_utf8_unchecked_mut(bytes); //~ from-utf8-unchecked
    from_utf8_unchecked(bytes); //~ from-utf8-unchecked
    String::from_utf8_unchecked(list); //~ from-utf8-unchecked
    alloc::str::from_boxed_utf8_unchecked(list); //~ from-utf8-unchecked
}

fn near_misses(bytes: &[u8]) {
    std::str::from_utf8(bytes);
    String::from_utf8_lossy(bytes);
}
