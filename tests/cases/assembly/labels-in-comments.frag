Comments of assembly hold no labels.
checks: link
-- src/lib.rs --
extern "C" { fn store_memcpy(d: *mut u8); }
-- asm/copy.S --
/*
store_memcpy:
*/
// store_memcpy:
	nop
