Syntax that the grammar does not know yet costs no site.
checks: site
-- src/lib.rs --
default unsafe impl<T> Marker for T {}              //~ site:unsafe-impl
unsafe auto trait Plain {}                          //~ site:unsafe-trait
const unsafe trait Constant {}                      //~ site:unsafe-trait
struct Guarded { unsafe pointer: *const u8 }
gen fn numbers() -> u8 { yield unsafe { zero() } }  //~ site:unsafe-block
