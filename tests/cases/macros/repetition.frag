What repeats is one site.
checks: site
-- src/lib.rs --
macro_rules! bind {
    ($($name:ident: $ty:ty = $value:expr;)+) => {
        extern "C" { $(fn $name(x: $ty) -> $ty;)+ }  //~ site:extern-block site:foreign-fn
        $(
            unsafe { call($name, $value) };         //~ site:unsafe-block
        )+
    };
}
