unsafe fn hits(list: &mut [u8], i: usize) {
    list.get_unchecked(i); //~ get-unchecked
    list.get_unchecked(1..i); //~ get-unchecked
    *list.get_unchecked_mut(i + 1) = 0; //~ get-unchecked raw-deref
    list.split_at_unchecked(i); //~ get-unchecked
    list.swap_unchecked(0, 1); //~ get-unchecked
}

fn near_misses(list: &[u8]) {
    list.get(i);
    list.get_mut(i);
    pinned.get_unchecked_mut(); //~ pin-unchecked
    list.split_at(i);
}
