A name that everyone uses: another component's function of the same shape is not the one.
checks: link status
-- net/Cargo.toml --
[package]
name = "net"
-- net/src/lib.rs --
extern "C" { fn write(fd: i32, data: *const u8, n: usize) -> isize; }  //~ status:external
-- tools/log/log.c --
long write(int level, const unsigned char *text, unsigned long n) { return 0; }
