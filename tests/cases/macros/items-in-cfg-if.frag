Items of every kind behind `cfg_if!`.
checks: site import export
-- src/lib.rs --
cfg_if::cfg_if! {
    if #[cfg(unix)] {
        extern "C" {                                //~ site:extern-block
            fn store_fd(n: i32) -> i32;             //~ site:foreign-fn import:store_fd
        }
        unsafe impl Send for Handle {}              //~ site:unsafe-impl
    } else if #[cfg(windows)] {
        pub unsafe fn handle() {}                   //~ site:unsafe-fn
        #[no_mangle]
        pub extern "C" fn store_win() {}            //~ site:export export:store_win
    } else {
        fn none(p: *const u8) -> u8 { unsafe { *p } }  //~ site:unsafe-block
    }
}
