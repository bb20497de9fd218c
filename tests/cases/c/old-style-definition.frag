Parameter types behind the parentheses.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.c:1
-- c/store.c --
int store_put(n)
    unsigned int n;
{
    return n;
}
