A naked function: its body is assembly.
checks: site
-- src/lib.rs --
#[unsafe(naked)]
unsafe extern "C" fn switch_stack() {               //~ site:naked-fn site:callback
    core::arch::naked_asm!("ret")                   //~ site:inline-asm
}
