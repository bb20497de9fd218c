A macro of the tree puts what it is given into an extern block. What it is given are foreign functions, in a function too,
and calls of them cross. A macro that makes no extern block gives none.
checks: site import link
-- src/prefixed.rs --
macro_rules! prefixed_extern {
    { $( $( #[$meta:meta] )* $vis:vis unsafe fn $name:ident ( $( $arg:ident : $ty:ty ),* $(,)? ) $( -> $ret:ty )?; )+ } => {
        unsafe extern "C" {   //~ site:extern-block
            $(
                $( #[$meta] )*
                #[link_name = concat!("ring_", stringify!($name))]
                $vis unsafe fn $name ( $( $arg : $ty ),* ) $( -> $ret )?;  //~ site:foreign-fn
            )+
        }
    };
}
macro_rules! declares_nothing {
    { $( unsafe fn $name:ident (); )+ } => { $( const _: &str = stringify!($name); )+ };
}
-- src/lib.rs --
mod prefixed;
prefixed_extern! {
    unsafe fn store_put(key: u32) -> i32;  //~ site:foreign-fn, import:store_put, link: c/store.h:1
}
declares_nothing! { unsafe fn store_get(); }  //~ site:unsafe-fn
pub fn put(key: u32) -> i32 {
    unsafe { store_put(key) }              //~ site:unsafe-block
}
pub fn size() -> u32 {
    prefixed_extern! {
        unsafe fn store_size() -> u32;     //~ site:foreign-fn, import:store_size, link: c/store.h:3
    }
    unsafe { store_size() }                //~ site:unsafe-block
}
-- c/store.h --
int store_put(unsigned key);
int store_get(void);
unsigned store_size(void);
