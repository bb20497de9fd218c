Two heads under conditions share one body.
checks: link
xfail: neither of two conditional heads with one body is seen
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.c:2 link:c/store.c:4
-- c/store.c --
#ifdef _WIN32
int store_put(unsigned int n)
#else
int store_put(unsigned int n, int flags)
#endif
{
    return 1;
}
