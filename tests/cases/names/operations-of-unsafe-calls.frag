A call of an unsafe function is an operation, wherever the function stands.
checks: op
-- src/lib.rs --
mod other;
unsafe fn helper() {}
impl S { unsafe fn associated() {} }
pub fn f(s: &S) {
    unsafe { helper() };                            //~ op:unsafe-call
    unsafe { other::elsewhere() };                  //~ op:unsafe-call
    unsafe { S::associated() };                     //~ op:unsafe-call
}
-- src/other.rs --
pub unsafe fn elsewhere() {}
