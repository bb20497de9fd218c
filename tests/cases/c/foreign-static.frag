An extern static meets the variable that C defines.
checks: link
-- src/lib.rs --
extern "C" {
    static store_limit: u32;                        //~ link:c/store.h:1 link:c/store.c:1
    static mut store_table: [u32; 4];               //~ link:c/store.c:2
}
-- c/store.h --
extern const unsigned int store_limit;
-- c/store.c --
const unsigned int store_limit = 3;
unsigned int store_table[4] = { 0 };
