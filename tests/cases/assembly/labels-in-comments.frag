Comments of assembly hold no labels.
checks: link
xfail: comments of assembly files are searched for labels
-- src/lib.rs --
extern "C" { fn store_memcpy(d: *mut u8); }
-- asm/copy.S --
/*
store_memcpy:
*/
// store_memcpy:
	nop
