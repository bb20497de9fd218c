unsafe fn functions(src: *const u8, dst: *mut u8, n: usize) {
    std::ptr::copy_nonoverlapping(src, dst, n); //~ raw-copy
    ptr::copy(src, dst, n); //~ raw-copy
    ptr::copy::<u8>(src, dst, n); //~ raw-copy
    copy_nonoverlapping(src, dst, n); //~ raw-copy
    copy_nonoverlapping::<u8>(src, dst, n); //~ raw-copy
    core::intrinsics::copy_nonoverlapping(src, dst, n); //~ raw-copy
    src.copy_to(dst, n); //~ raw-copy
    dst.copy_from(src, n); //~ raw-copy
    src.copy_to_nonoverlapping(dst, n); //~ raw-copy
    dst.copy_from_nonoverlapping(src, n); //~ raw-copy
}

fn near_misses() {
    io::copy(&mut reader, &mut writer);
    copy(&mut reader, &mut writer);
    fs::copy(from, to);
    a.copy_from_slice(&b);
    image.copy_from(&other);
    a.copy_within(1..2, 0);
}
