A call of a method that only exists as an unsafe one is an operation.
checks: op
-- src/lib.rs --
impl S { unsafe fn raw_parts(&self) {} }
pub fn f(s: &S) {
    unsafe { s.raw_parts() };                       //~ op:unsafe-call
}
