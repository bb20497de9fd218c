A foreign function whose name starts with a capital is called through a `use`, by name or by a glob; a constructor is no call.
checks: call
-- src/lib.rs --
pub mod detect;
pub mod dhcp;
pub mod enip;
-- src/detect.rs --
extern "C" {
    pub fn DetectPut(s: *mut u8, n: u16) -> i32;
}
pub struct Wrapped(pub u16);
-- src/dhcp.rs --
use crate::detect::{DetectPut, Wrapped};
unsafe extern "C" fn setup(s: *mut u8) -> i32 {
    let _ = Wrapped(3);
    if DetectPut(s, 3) != 0 { return -1; }           //~ call:DetectPut
    0
}
-- src/enip.rs --
use crate::detect::*;
unsafe extern "C" fn setup(s: *mut u8) -> i32 {
    let _ = Some(Wrapped(3));
    DetectPut(s, 4)                                  //~ call:DetectPut
}
