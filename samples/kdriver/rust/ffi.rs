// SPDX-License-Identifier: Apache-2.0

//! The C types as this tree's compiler flags make them: `char` is unsigned, `long` has the size
//! of a pointer.

#![no_std]

pub type c_char = u8;
pub type c_int = i32;
pub type c_uint = u32;
pub type c_long = isize;
pub type c_ulong = usize;
pub type c_void = core::ffi::c_void;
