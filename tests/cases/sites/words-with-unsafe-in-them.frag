Names that contain `unsafe` are names.
checks: site
-- src/lib.rs --
#![deny(unsafe_op_in_unsafe_fn)]
#![warn(unsafe_code)]
fn not_unsafe(is_unsafe: bool) -> bool { is_unsafe }
struct UnsafeCellLike { unsafe_inner: u8 }
fn raw_identifier(r#unsafe: u8) -> u8 { r#unsafe }
