A parameter that only some builds have.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.c:1
-- c/store.c --
int store_put(unsigned int n
#ifdef STORE_TRACE
    , const char *where
#endif
    )
{
    return n;
}
