unsafe fn hits(p: *mut T) {
    Box::from_raw(p); //~ from-raw
    Box::<T>::from_raw(p); //~ from-raw
    std::boxed::Box::from_raw(p); //~ from-raw
    <Box<T>>::from_raw(p); //~ from-raw
    Box::from_raw_in(p, allocator); //~ from-raw
    Rc::from_raw(p); //~ from-raw
    std::sync::Arc::<T>::from_raw(p); //~ from-raw
    Weak::from_raw(p); //~ from-raw
    drop(CString::from_raw(p)); //~ from-raw
    Box::from_raw(p as *mut T); //~ from-raw pointer-cast
    KBox::from_raw(p); //~ from-raw
    T::from_foreign(p); //~ from-raw
    <Arc<T> as ForeignOwnable>::from_foreign(p); //~ from-raw
}

fn near_misses() {
    Box::from(p);
    Handle::from_raw(p);
    Waker::from_raw(p);
    BoxedThing::from_raw(p);
    from_raw(p);
    value.from_raw(p);
    Box::from_raw_parts(p);
}
