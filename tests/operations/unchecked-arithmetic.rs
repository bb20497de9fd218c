unsafe fn hits(n: usize) {
    n.unchecked_add(1); //~ unchecked-arithmetic
    n.unchecked_mul(size); //~ unchecked-arithmetic
    n.unchecked_neg(); //~ unchecked-arithmetic
    n.unchecked_shl(3); //~ unchecked-arithmetic
    usize::unchecked_sub(n, 1); //~ unchecked-arithmetic
    core::intrinsics::unchecked_div(n, 2); //~ unchecked-arithmetic
    x.to_int_unchecked::<u8>(); //~ unchecked-arithmetic
}

fn near_misses(n: usize) {
    n.checked_add(1);
    n.wrapping_mul(2);
    n.saturating_sub(1);
}
