What a quoting macro holds is code of whoever expands it: it declares and exports nothing here.
checks: site macro import export
-- src/lib.rs --
fn expand(name: &Ident) -> TokenStream {
    quote! {
        #[no_mangle]
        pub unsafe extern "C" fn #name(p: *const u8) {  //~ site:export macro:quote
            unsafe { #name::run(p) }                    //~ site:unsafe-block macro:quote
        }
        extern "C" { fn store_put(n: u32); }            //~ site:extern-block site:foreign-fn macro:quote macro:quote
    }
}
