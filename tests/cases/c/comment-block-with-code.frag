A comment over several lines that holds a prototype at column 0.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:5
-- c/store.h --
/*
Usage:
int store_put(unsigned int n);
*/
int store_put(unsigned int n);
