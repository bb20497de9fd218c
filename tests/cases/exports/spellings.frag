Every way to write that a function keeps its name.
checks: site export
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_open() -> i32 { 0 }         //~ site:export export:store_open
#[unsafe(no_mangle)]
pub extern "C" fn store_close() {}                  //~ site:export export:store_close
#[export_name = "store_get"]
pub extern "C" fn get() {}                          //~ site:export export:store_get
#[unsafe(export_name = "store_put")]
pub unsafe extern "C" fn put(p: *const u8) {}       //~ site:export export:store_put
#[cfg_attr(not(test), no_mangle)]
pub extern "C" fn store_sync() {}                   //~ site:export export:store_sync
#[cfg_attr(not(feature = "std"), unsafe(no_mangle))]
pub extern "C" fn store_flush() {}                  //~ site:export export:store_flush
#[cfg_attr(unix, unsafe(export_name = "store_stat_unix"))]
pub extern "C" fn stat() {}                         //~ site:export export:store_stat_unix
#[inline(never)] #[no_mangle] #[doc(hidden)]
pub extern "C" fn store_hidden() {}                 //~ site:export export:store_hidden
#[unsafe( no_mangle )]
// A comment between the attribute and its function.
pub extern "system" fn store_system() {}            //~ site:export export:store_system
#[no_mangle]
pub extern "C-unwind" fn store_unwind() {}          //~ site:export export:store_unwind
#[no_mangle] pub extern fn store_bare() {}          //~ site:export export:store_bare
