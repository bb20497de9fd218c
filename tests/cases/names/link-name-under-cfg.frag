A symbol of another name on one target only, as all over the libc crate.
checks: import link
-- src/lib.rs --
extern "C" {
    #[cfg_attr(target_os = "macos", link_name = "store_get_mac")]
    fn store_get(n: u32) -> i32;                    //~ import:store_get import:store_get_mac link:c/store.h:1
}
-- c/store.h --
int store_get(unsigned int n);
