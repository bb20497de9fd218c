Assembly files define what Rust and C declare.
checks: link status
-- src/lib.rs --
extern "C" {
    fn store_memcpy(d: *mut u8);                    //~ link:asm/copy.S:2 link:c/copy.h:1 status:linked
    fn store_memset(d: *mut u8);                    //~ link:asm/set.S:1 status:linked
    fn store_memcmp(d: *mut u8);                    //~ status:external
}
-- c/copy.h --
void store_memcpy(void *d);
-- asm/copy.S --
#include <linux/linkage.h>
SYM_FUNC_START(store_memcpy)
	ret
SYM_FUNC_END(store_memcpy)
-- asm/set.S --
	.globl store_memset
store_memset:
	call store_memcmp
	ret
# store_memcmp: is only mentioned
