fn hits(value: T) {
    std::mem::forget(value); //~ forget
    mem::forget::<T>(value); //~ forget
    forget(value); //~ forget
    core::intrinsics::forget(value); //~ forget
    value.map(mem::forget); //~ forget
}

fn near_misses() {
    cache.forget(key);
    Cache::forget(key);
    drop(value);
    mem::take(&mut value);
}
