Attributes that only mention the word export nothing.
checks: export
-- src/lib.rs --
/// Used to be `#[no_mangle]`.
#[doc = "no_mangle"]
pub extern "C" fn store_private() {}
#[allow(no_mangle_generic_items)]
pub extern "C" fn store_generic<T>(t: T) {}
// #[no_mangle]
pub extern "C" fn store_commented() {}
