Blocks as expressions, arguments, conditions, arms, constants, in closures and in one another.
checks: site
-- src/lib.rs --
const FIRST: u8 = unsafe { *TABLE.as_ptr() };       //~ site:unsafe-block
fn f(p: *const u8) -> u8 {
    if unsafe { p.is_null() } { return 0 }          //~ site:unsafe-block
    let read = |q: *const u8| unsafe { *q };        //~ site:unsafe-block
    let sum = add(unsafe { *p }, unsafe { *p });    //~ site:unsafe-block site:unsafe-block
    match unsafe { *p } {                           //~ site:unsafe-block
        0 => unsafe { *p.add(1) },                  //~ site:unsafe-block
        _ => unsafe {                               //~ site:unsafe-block
            let inner = unsafe { *p };              //~ site:unsafe-block
            inner
        },
    }
}
