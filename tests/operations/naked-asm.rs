#[unsafe(naked)]
extern "C" fn hit() {
    naked_asm!("ret") //~ naked-asm
}

extern "C" fn qualified() {
    core::arch::naked_asm!("ret"); //~ naked-asm
}

extern "C" fn near_misses() {
    asm!("ret"); //~ inline-asm
    naked!();
}
