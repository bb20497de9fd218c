fn hits(text: &CStr, list: &mut Vec<u8>) {
    text.as_ptr(); //~ as-ptr
    list.as_mut_ptr(); //~ as-ptr
    self.list.as_ptr_range(); //~ as-ptr
    CString::new(name).unwrap().as_ptr(); //~ as-ptr panic-path
    Arc::as_ptr(&shared); //~ as-ptr
    MaybeUninit::<u8>::as_mut_ptr(&mut slot); //~ as-ptr
    name.map_or(null, CStr::as_ptr); //~ as-ptr
}

fn near_misses(text: &str) {
    text.as_ptr;
    text.as_bytes();
    cell.as_ptr(index);
    as_ptr(text);
}
