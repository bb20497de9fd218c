fn hits() {
    unsafe { asm!("nop") }; //~ inline-asm
    core::arch::asm!("mov {}, {}", out(reg) a, in(reg) b); //~ inline-asm
    arch::asm!("nop", options(nomem)); //~ inline-asm
    llvm_asm!("nop"); //~ inline-asm
}

global_asm!("nop"); //~ global-asm

fn near_misses() {
    asm("nop");
    asmlib::run!("nop");
}
