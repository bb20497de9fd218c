A call of a common name is no call of the export, where nothing ties the two together.
checks: call
-- a/Cargo.toml --
[package]
name = "a"
-- a/src/lib.rs --
#[no_mangle]
pub extern "C" fn clear(p: *mut u8) {}
-- b/screen.c --
void repaint(void) { clear(1, 2, 3); }
