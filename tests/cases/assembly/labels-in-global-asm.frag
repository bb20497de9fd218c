An extern item that Rust's own assembly defines.
checks: link site direction
-- src/lib.rs --
core::arch::global_asm!(                            //~ site:global-asm
    ".globl boot_entry",
    "boot_entry:",
    "ret", // boot_comment:
);
extern "C" {                                        //~ site:extern-block
    fn boot_entry() -> !;                           //~ site:foreign-fn link:src/lib.rs:1 direction:rust-to-rust
    fn boot_comment();                              //~ site:foreign-fn direction:rust-to-c
}
