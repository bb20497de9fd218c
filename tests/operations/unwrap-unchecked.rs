unsafe fn hits(value: Option<T>) {
    value.unwrap_unchecked(); //~ unwrap-unchecked
    list.first().unwrap_unchecked(); //~ unwrap-unchecked
    result.unwrap_err_unchecked(); //~ unwrap-unchecked
    Option::unwrap_unchecked(value); //~ unwrap-unchecked
}

fn near_misses(value: Option<T>) {
    value.unwrap_or_default();
    value.unwrap_or(other);
}
