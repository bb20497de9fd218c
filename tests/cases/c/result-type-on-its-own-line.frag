The GNU style: the result type on a line of its own, where the declaration starts.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.c:1 link:c/store.h:1
-- c/store.h --
extern int
store_put (unsigned int n);
-- c/store.c --
int
store_put (unsigned int n)
{
  return 0;
}
