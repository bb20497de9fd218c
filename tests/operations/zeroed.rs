unsafe fn hits() {
    std::mem::zeroed::<T>(); //~ zeroed
    mem::zeroed(); //~ zeroed
    zeroed::<T>(); //~ zeroed
    zeroed(); //~ zeroed
    MaybeUninit::zeroed(); //~ zeroed
    core::mem::MaybeUninit::<T>::zeroed(); //~ zeroed
    <MaybeUninit<T>>::zeroed(); //~ zeroed
    Box::<T>::new_zeroed(); //~ zeroed
}

fn near_misses() {
    bytemuck::zeroed::<T>();
    T::zeroed();
    Pod::new_zeroed();
    alloc_zeroed();
}
