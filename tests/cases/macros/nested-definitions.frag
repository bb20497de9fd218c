A macro that defines a macro.
checks: site
-- src/lib.rs --
macro_rules! outer {
    ($d:tt $name:ident) => {
        macro_rules! $name {
            ($d x:expr) => { unsafe { touch($d x) } };  //~ site:unsafe-block
        }
    };
}
