// SPDX-License-Identifier: Apache-2.0

//! What bindgen makes of `bindings_helper.h` and of the helpers.

#![no_std]
#![allow(non_camel_case_types, non_upper_case_globals, missing_docs)]

mod bindings_raw {
    include!(concat!(env!("OBJTREE"), "/rust/bindings/bindings_generated.rs"));
}

mod bindings_helper {
    use super::bindings_raw::*;
    include!(concat!(env!("OBJTREE"), "/rust/bindings/bindings_helpers_generated.rs"));
}

pub use bindings_helper::*;
pub use bindings_raw::*;
