Typedef chains over headers, the crate's own aliases, renames, transparent wrappers, niches.
checks: verdict differs
-- src/types.rs --
pub use std::os::raw::c_int as int;
pub type StoreSize = u64;
#[repr(transparent)] pub struct Handle(std::ptr::NonNull<u8>);
#[repr(transparent)] pub struct Id<T>(u32, std::marker::PhantomData<T>);
pub struct Ring { n: u32 }
-- src/lib.rs --
use crate::types::*;
use crate::types::int;
extern "C" {
    fn store_chain(n: StoreSize) -> int;             //~ verdict:agrees
    fn store_handle(h: Option<Handle>) -> Option<std::num::NonZeroU32>;  //~ verdict:agrees
    fn store_id(i: Id<Ring>);                        //~ verdict:agrees
    fn store_wrong(n: StoreSize);                    //~ verdict:may-break differs:width-may-break
    fn store_unknown(n: crate::made::Thing) -> int;  //~ verdict:unknown
}
-- c/base.h --
typedef unsigned long long store_base_t;
-- c/store.h --
#include "base.h"
typedef store_base_t store_size_t;
typedef unsigned int store_id_t;
int store_chain(store_size_t n);
store_id_t store_handle(void *h);
void store_id(store_id_t i);
void store_wrong(store_id_t n);
int store_unknown(thing_t n);
