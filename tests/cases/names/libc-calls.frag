`libc::` functions cross to a C that is not here.
checks: call import
-- src/lib.rs --
use libc::{c_int, close as shut};
pub fn f(fd: c_int) {
    unsafe { libc::close(fd) };                     //~ call:close
    unsafe { shut(fd) };                            //~ call:close
    unsafe { ::libc::getpid() };                    //~ call:getpid
}
