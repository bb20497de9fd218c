Exported data meets the `extern` declaration of a header.
checks: link
-- src/lib.rs --
#[no_mangle]
pub static STORE_VERSION: u32 = 3;                  //~ link: c/store.h:1
-- c/store.h --
extern const unsigned int STORE_VERSION;
