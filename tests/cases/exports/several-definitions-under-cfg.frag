Two definitions of one export, of which a build takes one: both belong to the crossing.
checks: export link
-- src/lib.rs --
#[cfg(unix)]
#[no_mangle]
pub extern "C" fn store_open(path: *const u8) -> i32 { 0 }   //~ export:store_open link:c/store.h:1
#[cfg(windows)]
#[no_mangle]
pub extern "C" fn store_open(path: *const u16) -> i32 { 0 }  //~ export:store_open link:c/store.h:1
-- c/store.h --
int store_open(const char *path);
