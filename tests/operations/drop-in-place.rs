unsafe fn hits(p: *mut T) {
    std::ptr::drop_in_place(p); //~ drop-in-place
    ptr::drop_in_place::<T>(p); //~ drop-in-place
    drop_in_place(p); //~ drop-in-place
    p.drop_in_place(); //~ drop-in-place
    self.head.as_ptr().drop_in_place(); //~ drop-in-place as-ptr
}

fn near_misses() {
    drop(value);
    mem::drop(value);
    ptr::drop_glue(value);
}
