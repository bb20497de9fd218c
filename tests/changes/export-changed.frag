Rust changes the signature of an export; the header says what it said. Where the header follows, nothing is one-sided.
checks: change cause
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_size(id: i32) -> u32 { id as u32 }
#[no_mangle]
pub extern "C" fn store_free(id: i32) -> u32 { id as u32 }
-- include/store.h --
#include <stdint.h>
uint32_t store_size(int32_t id);
uint32_t store_free(int32_t id);
== after ==
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_size(id: i64) -> u32 { id as u32 } //~ changed:export cause:code cause:rust-signature cause:disagreement
#[no_mangle]
pub extern "C" fn store_free(id: i64) -> u32 { id as u32 } //~ changed:export cause:code cause:c-signature
-- include/store.h --
#include <stdint.h>
uint32_t store_size(int32_t id);
uint32_t store_free(int64_t id);
