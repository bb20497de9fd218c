A function of the C library is in no tree, and no orphan beside functions of the tree.
checks: orphan
-- src/lib.rs --
extern "C" {
    fn store_a();
    fn store_b();
    fn store_c();
    fn store_gone();          //~ orphan:store_gone
    fn free(p: *mut u8);
}
-- c/store.h --
void store_a(void);
void store_b(void);
void store_c(void);
