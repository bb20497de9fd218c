unsafe fn hits(n: u32) {
    char::from_u32_unchecked(n); //~ char-from-u32-unchecked
    std::char::from_u32_unchecked(n); //~ char-from-u32-unchecked
    from_u32_unchecked(n); //~ char-from-u32-unchecked
}

fn near_misses(n: u32) {
    char::from_u32(n);
    char::from_digit(1, 10);
}
