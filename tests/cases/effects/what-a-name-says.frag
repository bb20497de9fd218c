checks: effect

A function whose body is not at hand does what the end of its name says; one whose body is at hand does not.

-- src/lib.rs --
extern "C" {
    fn store_free(p: *mut Store);
    fn store_clear(p: *mut Store);
    fn store_open() -> *mut Store;
}
-- c/store.c --
void store_free(struct store *p)
{
	tree_free(p);                           //~ effect:frees-p-of-store_free
}

static void names_free(struct store *p)
{
	p->names = NULL;                        //~ effect:writes-through-p-of-store_clear-via-names_free effect:dereferenced-before-null-test-p-of-store_clear-via-names_free
}

void store_clear(struct store *p)
{
	names_free(p);
	pool_free(p, 4);                        //~ effect:passed-on-p-of-store_clear
	part_free(&p->part);                    //~ effect:passed-on-p-of-store_clear
}

struct store *store_open(void)
{
	return tree_new();                      //~ effect:returns-allocated-tree_new-of-store_open
}
