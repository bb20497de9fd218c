Doc sections, comments and attributes of items.
checks: site safety
-- src/lib.rs --
/// Frees the store.
///
/// # Safety
///
/// `p` came from `open`.
pub unsafe fn close(p: *mut u8) {}                  //~ site:unsafe-fn safety:doc
/** Frees it too.

# Safety
`p` came from `open`. */
pub unsafe fn close_again(p: *mut u8) {}            //~ site:unsafe-fn safety:doc
// SAFETY: the pointer is never shared.
#[cfg(unix)]
unsafe impl Send for Store {}                       //~ site:unsafe-impl safety:comment
#[cfg(unix)]
// SAFETY: between attribute and item.
unsafe impl Sync for Store {}                       //~ site:unsafe-impl safety:comment
#[safety::requires(valid(p))]
pub unsafe fn annotated(p: *mut u8) {}              //~ site:unsafe-fn safety:attribute
#[doc = "# Safety: `p` is valid."]
pub unsafe fn documented(p: *mut u8) {}             //~ site:unsafe-fn safety:attribute
/// Frees without a word about it.
pub unsafe fn silent(p: *mut u8) {}                 //~ site:unsafe-fn
