The same name beside the crate is the one.
checks: link
-- net/Cargo.toml --
[package]
name = "net"
-- net/src/lib.rs --
extern "C" { fn write(fd: i32, data: *const u8, n: usize) -> isize; }  //~ link:net/c/io.c:1
-- net/c/io.c --
long write(int fd, const unsigned char *data, unsigned long n) { return 0; }
