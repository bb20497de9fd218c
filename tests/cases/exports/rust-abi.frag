`no_mangle` without `extern "C"`: an export all the same, and C calls it.
checks: site export link call
-- src/lib.rs --
#[no_mangle]
pub fn store_tick(now: u64) {}                      //~ site:export export:store_tick link:c/main.c:1
-- c/main.c --
void store_tick(unsigned long long now);
int main(void) {
    store_tick(1);                                  //~ call:store_tick
    return 0;
}
