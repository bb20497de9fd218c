unsafe fn hits(slot: MaybeUninit<T>) {
    slot.assume_init(); //~ assume-init
    slot.assume_init_ref(); //~ assume-init
    self.slots[0].assume_init_mut(); //~ assume-init
    slot.assume_init_read(); //~ assume-init
    slot.assume_init_drop(); //~ assume-init
    MaybeUninit::assume_init(slot); //~ assume-init
    mem::MaybeUninit::<T>::array_assume_init(slots); //~ assume-init
    MaybeUninit::slice_assume_init_ref(slots); //~ assume-init
}

fn near_misses(slot: &mut MaybeUninit<T>) {
    slot.write(value);
    slot.is_init();
    assume_init(slot);
}
