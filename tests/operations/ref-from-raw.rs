unsafe fn hits(p: *mut T) {
    &*p; //~ ref-from-raw raw-deref
    &mut *p; //~ ref-from-raw raw-deref
    &mut *(p as *mut U); //~ ref-from-raw raw-deref pointer-cast
    & *p.add(1); //~ ref-from-raw raw-deref pointer-arithmetic
    &(*p); //~ ref-from-raw raw-deref
    &(*p).field; //~ ref-from-raw raw-deref
    &mut (*p).list[3].field; //~ ref-from-raw raw-deref
    &(*self.as_raw()).field; //~ ref-from-raw raw-deref
    p.as_ref_unchecked(); //~ ref-from-raw
    p.as_mut_unchecked(); //~ ref-from-raw
}

fn a_reference_looks_the_same(shared: Arc<T>) {
    &*shared; //~ ref-from-raw raw-deref
}

fn near_misses(p: *mut T) {
    &p;
    &mut p.field;
    &(*p).method(); //~ raw-deref
    &raw const *p; //~ addr-of-raw raw-deref
    &raw mut (*p).field; //~ addr-of-raw raw-deref
    p.as_ref();
    p.as_mut();
    &(a * b);
}
