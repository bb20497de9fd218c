fn hits(p: *mut T) {
    if p.is_null() {} //~ null-check
    if !self.handle.as_ptr().is_null() {} //~ null-check as-ptr
    NonNull::new(p); //~ null-check
    std::ptr::NonNull::<T>::new(p); //~ null-check
    p.and_then(NonNull::new); //~ null-check
}

fn near_misses(p: *mut T) {
    p == ptr::null_mut();
    p.as_ref();
    Arc::new(p);
    p.is_none();
    NonNull::new_unchecked(p); //~ nonnull-unchecked
    NonNullList::new(p);
}
