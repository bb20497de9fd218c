unsafe fn hits(p: *mut u8, n: usize) {
    Vec::from_raw_parts(p, n, n); //~ vec-from-raw-parts
    Vec::<u8>::from_raw_parts(p, n, n); //~ vec-from-raw-parts
    std::vec::Vec::from_raw_parts(p, n, n); //~ vec-from-raw-parts
    <Vec<u8>>::from_raw_parts(p, n, n); //~ vec-from-raw-parts
    Vec::from_raw_parts_in(p, n, n, allocator); //~ vec-from-raw-parts
    KVec::from_raw_parts(p, n, n); //~ vec-from-raw-parts
}

fn near_misses() {
    Vec::with_capacity(n);
    VecLike::from_raw_parts(p, n, n);
    Vec2::from_raw_parts(x, y);
    Foreign::from_raw_parts(p, n, n);
}
