Unsafe methods: declared in a trait, defined in impls, and a trait impl that is unsafe by itself.
checks: site
-- src/lib.rs --
pub trait Raw {
    unsafe fn poke(&self);                          //~ site:unsafe-fn
    fn peek(&self) -> u8;
}
unsafe impl<T: Send> Sync for Shared<T> {}          //~ site:unsafe-impl
impl Raw for Shared<u8> {
    unsafe fn poke(&self) {}                        //~ site:unsafe-fn
    fn peek(&self) -> u8 {
        unsafe { *self.0 }                          //~ site:unsafe-block
    }
}
