unsafe fn functions(p: *mut u8, q: *mut u8) {
    std::ptr::write(p, 1); //~ raw-write
    ptr::write::<u8>(p, 1); //~ raw-write
    ptr::write_bytes(p, 0, 16); //~ raw-write
    write_bytes(p, 0, 16); //~ raw-write
    core::ptr::write_volatile(p, 1); //~ raw-write
    write_unaligned(p, 1); //~ raw-write
    ptr::replace(p, 1); //~ raw-write
    ptr::swap(p, q); //~ raw-write
    ::core::ptr::swap_nonoverlapping(p, q, 1); //~ raw-write
    <*mut u8>::write(p, 1); //~ raw-write
}

unsafe fn methods(p: *mut u8) {
    p.write(1); //~ raw-write
    out_ptr.write(1); //~ raw-write
    self.raw.write(1); //~ raw-write
    slot.as_mut_ptr().write(1); //~ raw-write as-ptr
    dst.cast::<u16>().write(1); //~ raw-write pointer-cast
    base.add(self.offset(index)).write(1); //~ raw-write pointer-arithmetic
    (dst as *mut u16).write(1); //~ raw-write pointer-cast
    addr_of_mut!((*this).field).write(1); //~ raw-write addr-of-raw
    (&raw mut place).write(1); //~ raw-write addr-of-raw
    self.cell.get().write(1); //~ raw-write
    register.write_volatile(1); //~ raw-write
    place.write_unaligned(1); //~ raw-write
    place.write_bytes(0, 4); //~ raw-write
}

fn near_misses(file: &mut File, slot: &mut MaybeUninit<u8>) {
    file.write(buffer);
    self.stdout().write(buffer);
    slot.write(1);
    raw_fd.write(buffer);
    ptr.write(1, 2);
    stream.write_bytes(buffer);
    write(fd, buffer);
    fs::write(path, text);
    mem::replace(&mut a, b);
    mem::swap(&mut a, &mut b);
    text.replace("a", "b");
    write!(out, "text");
}
