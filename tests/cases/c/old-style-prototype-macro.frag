zlib's way: the parameters in a macro for compilers before 1989.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:2 link:c/other.h:2
-- c/store.h --
#pragma once
extern int store_put OF((unsigned int n));
-- c/other.h --
#pragma once
int store_put PROTO((unsigned int n));
