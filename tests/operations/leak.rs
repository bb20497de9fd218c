fn hits(value: Box<T>) {
    Box::leak(value); //~ leak
    Box::<T>::leak(value); //~ leak
    std::boxed::Box::leak(Box::new(1)); //~ leak
    String::leak(text); //~ leak
    list.leak(); //~ leak
    value.map(Box::leak); //~ leak
}

fn near_misses() {
    Monitor::leak(value);
    monitor.leak(value);
    leak(value);
}
