unsafe fn hits() {
    MaybeUninit::uninit(); //~ uninit
    std::mem::MaybeUninit::<T>::uninit(); //~ uninit
    MaybeUninit::<[T; 4]>::uninit(); //~ uninit
    MaybeUninit::uninit_array(); //~ uninit
    mem::uninitialized::<T>(); //~ uninit
    uninitialized(); //~ uninit
    Box::<T>::new_uninit(); //~ uninit
    Arc::<[T]>::new_uninit_slice(4); //~ uninit
}

fn near_misses() {
    MaybeUninit::new(value);
    Array::uninit();
    Vec::with_capacity(4);
}
