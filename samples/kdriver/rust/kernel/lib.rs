// SPDX-License-Identifier: Apache-2.0

//! The abstractions that drivers use instead of the bindings.

#![no_std]

pub use bindings;
pub use ffi;

pub mod chrdev;
pub mod error;
pub mod ring;
pub mod seq_file;
pub mod sync;

pub mod prelude {
    pub use crate::error::{code::*, to_result, Error, Result};
    pub use alloc::boxed::Box;
    pub use macros::{export, module};
}
