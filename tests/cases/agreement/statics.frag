A C variable: its type, and whether C may write it.
checks: verdict differs
-- src/lib.rs --
extern "C" {
    static store_limit: u32;                         //~ verdict:agrees
    static mut store_level: i32;                     //~ verdict:agrees
    static store_count: u32;                         //~ verdict:may-break differs:mutability-may-break
    static store_flags: AtomicU32;                   //~ verdict:agrees
    static store_total: u64;                         //~ verdict:breaks differs:width-breaks
}
-- c/store.h --
extern const unsigned int store_limit;
extern int store_level;
extern unsigned int store_count;
extern unsigned int store_flags;
extern const unsigned int store_total;
