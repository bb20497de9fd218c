unsafe fn functions(p: *const u8) {
    std::ptr::read(p); //~ raw-read
    core::ptr::read::<u8>(p); //~ raw-read
    ptr::read_unaligned(p); //~ raw-read
    ptr::read_volatile::<u32>(p); //~ raw-read
    read_volatile(p); //~ raw-read
    read_unaligned::<u16>(p); //~ raw-read
    <*const u8>::read(p); //~ raw-read
    core::intrinsics::volatile_load(p); //~ raw-read
    ptr::read(/* source */ p); //~ raw-read
}

unsafe fn methods(p: *const u8) {
    p.read(); //~ raw-read
    self.slot.read_unaligned(); //~ raw-read
    p.add(4).read_volatile(); //~ raw-read pointer-arithmetic
}

fn near_misses(file: &mut File, lock: &RwLock<u8>, buffer: &mut [u8]) {
    file.read(buffer);
    lock.read();
    self.state_lock.read();
    self.rwlock().read();
    read(fd, buffer);
    libc::read(fd, buffer, 3);
    fs::read(path);
    let method = Read::read;
}
