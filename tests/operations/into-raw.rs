fn hits(value: Box<T>) {
    Box::into_raw(value); //~ into-raw
    std::boxed::Box::<T>::into_raw(value); //~ into-raw
    Arc::into_raw(value); //~ into-raw
    CString::new(text).unwrap().into_raw(); //~ into-raw panic-path
    value.into_raw(); //~ into-raw
    list.into_raw_parts(); //~ into-raw
    value.into_foreign(); //~ into-raw
    text.map(CString::into_raw); //~ into-raw
    value.map_or(null, Box::into_raw); //~ into-raw
    Box::into_raw_with_allocator(value); //~ into-raw
}

fn near_misses(value: Handle) {
    value.as_raw();
    value.into_raw(flags);
    value.into_raw_fd(); //~ fd-ownership
    Handle::into_raw(value);
    into_raw(value);
}
