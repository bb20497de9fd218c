A trampoline made for each closure type, named with a turbofish.
checks: callback use link
-- src/lib.rs --
extern "C" { fn store_each(run: extern "C" fn(*mut u8), data: *mut u8); }  //~ link:c/store.h:1
extern "C" fn trampoline<F: FnMut()>(data: *mut u8) {}  //~ callback:trampoline link:c/store.h:1
pub fn each<F: FnMut()>(mut f: F) {
    unsafe { store_each(trampoline::<F>, &mut f as *mut F as *mut u8) }   //~ use:trampoline
}
-- c/store.h --
void store_each(void (*run)(void *data), void *data);
