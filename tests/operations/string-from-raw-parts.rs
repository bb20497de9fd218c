unsafe fn hits(p: *mut u8, n: usize) {
    String::from_raw_parts(p, n, n); //~ string-from-raw-parts
    std::string::String::from_raw_parts(p, n, n); //~ string-from-raw-parts
    <String>::from_raw_parts(p, n, n); //~ string-from-raw-parts
}

fn near_misses() {
    String::from("text");
    StringView::from_raw_parts(p, n);
}
