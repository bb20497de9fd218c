A macro's definition holds unsafe code around what its callers give.
checks: site macro
-- src/lib.rs --
macro_rules! field {
    ($ptr:expr, $field:ident) => {
        unsafe { (*$ptr).$field }                   //~ site:unsafe-block macro:field
    };
    (mut $ptr:expr) => {{
        unsafe { &mut *$ptr }                       //~ site:unsafe-block macro:field
    }};
}
macro_rules! sender {
    ($($ty:ty),* $(,)?) => { $(unsafe impl Send for $ty {})* };  //~ site:unsafe-impl macro:sender
}
macro_rules! function {
    ($(#[$m:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),*) $body:block) => {
        $(#[$m])*
        $vis unsafe fn $name($($arg: $ty),*) $body  //~ site:unsafe-fn macro:function
    };
}
