unsafe fn hits(layout: Layout, p: *mut u8) {
    std::alloc::alloc(layout); //~ alloc
    alloc::alloc::alloc_zeroed(layout); //~ alloc
    alloc::realloc(p, layout, 16); //~ alloc
    std::alloc::dealloc(p, layout); //~ alloc
    alloc(layout); //~ alloc
    alloc_zeroed(layout); //~ alloc
    dealloc(p, layout); //~ alloc
    realloc(p, layout, 16); //~ alloc
    dealloc(p as *mut u8, layout); //~ alloc pointer-cast
    System.alloc(layout); //~ alloc
    self.inner.dealloc(p, layout); //~ alloc
    Global.deallocate(p, layout); //~ alloc
    System.realloc(p, layout, 16); //~ alloc
    GlobalAlloc::dealloc(&System, p, layout); //~ alloc
    Layout::from_size_align_unchecked(16, 8); //~ alloc
    std::alloc::Layout::from_size_align_unchecked(16, 8); //~ alloc
}

fn near_misses() {
    arena.alloc(value);
    realloc(p, 16);
    libc::realloc(p, 16);
    libc::malloc(16);
    Layout::from_size_align(16, 8);
    Layout::new::<u8>();
    alloc();
    pool.dealloc(value);
    alloc::vec::from_elem(1, 2);
}
