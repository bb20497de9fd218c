Comments, strings, calls and other words declare nothing.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }
-- c/store.c --
/* int store_put(unsigned int n); */
// int store_put(unsigned int n);
const char *help = "int store_put(unsigned int n);";
int restore_put(unsigned int n);
int store_put_all(unsigned int n);
int main(void) {
    return store_put(1);
}
