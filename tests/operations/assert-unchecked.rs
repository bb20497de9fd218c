unsafe fn hits(n: usize) {
    std::hint::assert_unchecked(n < 4); //~ assert-unchecked
    assert_unchecked(n < 4); //~ assert-unchecked
    core::intrinsics::assume(n < 4); //~ assert-unchecked
}

fn near_misses(n: usize) {
    assert!(n < 4); //~ panic-path
    assume(n < 4);
    hint::black_box(n);
}
