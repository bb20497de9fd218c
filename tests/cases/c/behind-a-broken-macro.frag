A macro that the grammar cannot read swallows nothing behind it.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.c:8
-- c/store.c --
DEFINE_THING(x, {
    .a = 1,
});
STORE_FOREACH(item, list) {
    use(item);
}

int store_put(unsigned int n)
{
    list_for_each_entry(pos, head, member)
        touch(pos);
    return 0;
}
