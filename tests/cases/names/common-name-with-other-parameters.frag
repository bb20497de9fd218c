A common name with another number of parameters is another function.
checks: link
-- src/lib.rs --
extern "C" { fn clear(p: *mut u8); }
-- c/screen.c --
void clear(int from, int to, int color) {}
