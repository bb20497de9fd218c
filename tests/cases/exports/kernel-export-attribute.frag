The kernel's `#[export]` keeps the name and checks the signature.
checks: site export link
-- rust/kernel/print.rs --
#[export]
unsafe extern "C" fn rust_fmt_argument(buf: *mut c_char, end: *mut c_char) -> *mut c_char { buf }  //~ site:export export:rust_fmt_argument link:include/linux/sprintf.h:1
-- include/linux/sprintf.h --
char *rust_fmt_argument(char *buf, char *end);
