unsafe fn hits() {
    std::hint::unreachable_unchecked(); //~ unreachable-unchecked
    unreachable_unchecked(); //~ unreachable-unchecked
    core::intrinsics::unreachable(); //~ unreachable-unchecked
    value.unwrap_or_else(|| hint::unreachable_unchecked()); //~ unreachable-unchecked
}

fn near_misses() {
    unreachable!(); //~ panic-path
    state::unreachable();
}
