fn hits(n: usize) {
    debug_assert!(n < 4); //~ debug-assert
    std::debug_assert!(n < 4, "text"); //~ debug-assert
    debug_assert_eq!(a, b); //~ debug-assert
    debug_assert_ne!(a, b); //~ debug-assert
}

fn near_misses(n: usize) {
    assert!(n < 4); //~ panic-path
    dbg!(n);
    debug!("text");
}
