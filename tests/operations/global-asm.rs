global_asm!(".globl start", "start:", "ret"); //~ global-asm

core::arch::global_asm!(include_str!("start.S")); //~ global-asm

std::arch::asm!("nop"); //~ inline-asm

macro_rules! global { () => {} }

global!();
