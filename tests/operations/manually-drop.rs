unsafe fn hits(value: T) {
    ManuallyDrop::new(value); //~ manually-drop
    std::mem::ManuallyDrop::<T>::new(value); //~ manually-drop
    ManuallyDrop::take(&mut self.value); //~ manually-drop
    mem::ManuallyDrop::drop(&mut self.value); //~ manually-drop
    ManuallyDrop::into_inner(value); //~ manually-drop
    value.map(ManuallyDrop::new); //~ manually-drop
}

struct Wrapper(ManuallyDrop<T>);

fn near_misses() {
    mem::take(&mut value);
    Option::take(&mut value);
    ManuallyDropGuard::new(value);
    ManuallyDrop::deref(&value);
}
