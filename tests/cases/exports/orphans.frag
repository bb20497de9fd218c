An export that no C declares or calls lacks its other side; one that is only called does not.
checks: orphan
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_nobody() {}                 //~ orphan:store_nobody
#[no_mangle]
pub extern "C" fn store_somebody() {}
-- c/main.c --
int main(void) { store_somebody(); return 0; }
