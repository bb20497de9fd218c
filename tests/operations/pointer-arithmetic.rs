unsafe fn hits(p: *const u8, q: *const u8, n: usize) {
    p.add(n); //~ pointer-arithmetic
    p.add(1); //~ pointer-arithmetic
    p.sub(size_of::<u8>()); //~ pointer-arithmetic
    p.offset(-1); //~ pointer-arithmetic
    p.offset(n as isize); //~ pointer-arithmetic
    p.byte_add(n); //~ pointer-arithmetic
    p.wrapping_offset(1); //~ pointer-arithmetic
    p.wrapping_byte_sub(1); //~ pointer-arithmetic
    p.offset_from(q); //~ pointer-arithmetic
    p.byte_offset_from(q); //~ pointer-arithmetic
    p.add(/* elements */ n); //~ pointer-arithmetic
    p.wrapping_add(n); //~ pointer-arithmetic
    base_ptr.wrapping_add(n); //~ pointer-arithmetic
    text.as_ptr().wrapping_sub(n); //~ pointer-arithmetic as-ptr
    (x as *const u8).wrapping_add(n); //~ pointer-arithmetic pointer-cast
}

fn a_method_of_another_type_looks_the_same(total: Duration) {
    total.add(delta); //~ pointer-arithmetic
}

fn near_misses(count: usize) {
    count.wrapping_add(1);
    self.index.wrapping_sub(1);
    set.add(a, b);
    list.offset();
    u32::wrapping_add(1, 2);
    ops::Add::add(a, b);
    counter.fetch_add(1, Ordering::Relaxed);
}
