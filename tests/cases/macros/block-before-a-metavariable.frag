`unsafe` before a metavariable that stands for the whole function or block.
checks: site
-- src/lib.rs --
macro_rules! run {
    ($body:block) => { unsafe $body };              //~ site:unsafe-block
    (fn $sig:tt) => { unsafe $sig };                //~ site:macro-keyword
}
