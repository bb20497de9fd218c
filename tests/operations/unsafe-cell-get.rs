unsafe fn hits(cell: &UnsafeCell<T>) {
    *cell.get(); //~ unsafe-cell-get raw-deref
    *self.value.get() = 1; //~ unsafe-cell-get raw-deref
    &mut *self.value.get(); //~ unsafe-cell-get raw-deref ref-from-raw
    (*self.value.get()).field = 1; //~ unsafe-cell-get raw-deref
    UnsafeCell::raw_get(p); //~ unsafe-cell-get
}

fn near_misses(cell: &Cell<T>) {
    cell.get();
    *map.get(key); //~ raw-deref
    *cell.get_mut(); //~ raw-deref
    (*cell).get(); //~ raw-deref
}
