unsafe fn hits(p: *mut T) {
    NonNull::new_unchecked(p); //~ nonnull-unchecked
    NonNull::<T>::new_unchecked(p); //~ nonnull-unchecked
    std::ptr::NonNull::new_unchecked(Box::into_raw(value)); //~ nonnull-unchecked into-raw
    ptr::NonNull::<T>::new_unchecked(p); //~ nonnull-unchecked
}

fn near_misses(p: *mut T) {
    NonNull::new(p); //~ null-check
    NonNull::dangling();
    NonZeroU32::new_unchecked(1);
    Pin::new_unchecked(p); //~ pin-unchecked
}
