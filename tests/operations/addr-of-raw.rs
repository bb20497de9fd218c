fn hits(place: &mut Packed) {
    &raw const place.field; //~ addr-of-raw
    &raw mut place.list[1]; //~ addr-of-raw
    addr_of!(place.field); //~ addr-of-raw
    ptr::addr_of_mut!(place.field); //~ addr-of-raw
    std::ptr::addr_of!(place.field).cast::<u8>(); //~ addr-of-raw pointer-cast
    &raw const (*p).field; //~ addr-of-raw raw-deref
    &raw mut *p; //~ addr-of-raw raw-deref
}

fn near_misses(raw: u8) {
    &raw;
    &mut raw;
    &raw.field;
    std::mem::offset_of!(Packed, field);
}
