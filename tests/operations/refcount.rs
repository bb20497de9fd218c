unsafe fn hits(p: *const T) {
    Arc::increment_strong_count(p); //~ refcount
    std::sync::Arc::<T>::decrement_strong_count(p); //~ refcount
    Rc::decrement_strong_count(p); //~ refcount
    Arc::increment_strong_count(p as *const T); //~ refcount pointer-cast
}

fn near_misses(value: Arc<T>) {
    Arc::strong_count(&value);
    Arc::clone(&value);
    value.increment();
}
