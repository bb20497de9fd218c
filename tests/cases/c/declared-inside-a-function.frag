A prototype inside a function or indented is one as well.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.c:2
-- c/store.c --
int main(void) {
    extern int store_put(unsigned int n);
    return store_put(1);
}
