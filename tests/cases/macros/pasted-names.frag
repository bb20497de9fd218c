A function whose name is pasted together.
checks: site
-- src/lib.rs --
macro_rules! wrap {
    ($name:ident) => {
        paste::paste! {
            pub unsafe fn [<raw_ $name>](p: *mut u8) {   //~ site:unsafe-fn
                unsafe { [<store_ $name>](p) }           //~ site:unsafe-block
            }
            unsafe extern "C" fn [<on_ $name>]() {}      //~ site:callback
        }
    };
}
