One function, one name on one target and another on the next.
checks: export link
-- src/lib.rs --
#[cfg_attr(target_os = "macos", export_name = "store_open_mac")]
#[cfg_attr(not(target_os = "macos"), export_name = "store_open_any")]
pub extern "C" fn open() -> i32 { 0 }               //~ export:store_open_mac, export:store_open_any, link: c/store.h:1, link: c/store.h:2
-- c/store.h --
int store_open_mac(void);
int store_open_any(void);
