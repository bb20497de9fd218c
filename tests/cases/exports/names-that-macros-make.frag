The header of a Rust library declares what macros make: of a name they are given, and under a name that they make. What
neither Rust nor C has in any form is left over.
checks: orphan
-- macros/src/lib.rs --
#[proc_macro]
pub fn declare_own(input: TokenStream) -> TokenStream {
    let delete = format_ident!("{}_delete", stem(&input));
    quote! { #[no_mangle] pub extern "C" fn #delete(_: Box<u8>) {} }.into()
}
-- src/lib.rs --
macros::declare_own!(store_t);
wrapper!({ clone: entry_clone, });
// entry_gone is no more
#[no_mangle]
pub extern "C" fn store_put() {}
#[no_mangle]
pub extern "C" fn store_get() {}
#[no_mangle]
pub extern "C" fn store_size() {}
#[no_mangle]
pub extern "C" fn store_close() {}
-- include/store.h --
void store_put(void);
void store_get(void);
void store_size(void);
void store_close(void);
void store_delete(store_t *store);
void entry_clone(void);
void entry_gone(void);   //~ orphan:entry_gone
