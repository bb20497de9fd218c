`unsafe` as a word of the macro's own language is a place to look at all the same.
checks: site
-- src/lib.rs --
callback!(unsafe on_open);                          //~ site:macro-keyword
fn f() {
    lock! { unsafe(uninit) }                        //~ site:macro-keyword
    field!(unsafe self.inner);                      //~ site:macro-keyword
}
macro_rules! lock {
    (unsafe($x:ident)) => { unsafe { lock_raw($x) } };  //~ site:unsafe-block
}
