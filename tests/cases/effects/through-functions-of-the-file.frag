checks: effect

A static function of the same file is followed, three calls deep at most, and a call in a circle ends.

-- src/lib.rs --
extern "C" {
    fn store_drop(p: *mut Store);
    fn store_deep(p: *mut Store);
    fn store_again(p: *mut Store, n: i32);
}
-- c/store.c --
struct store { int size; };

static void drop(struct store *q)
{
	free(q);                                //~ effect:frees-p-of-store_drop-via-drop
}

void store_drop(struct store *p)
{
	drop(p);
}

static void four(struct store *p) { free(p); }
static void three(struct store *p) { four(p); }  //~ effect:passed-on-p-of-store_deep-via-one-two-three
static void two(struct store *p) { three(p); }
static void one(struct store *p) { two(p); }

void store_deep(struct store *p)
{
	one(p);
}

void store_again(struct store *p, int n)
{
	if (n)
		store_again(p, n - 1);
	p->size = n;                            //~ effect:writes-through-p-of-store_again effect:dereferenced-before-null-test-p-of-store_again
}
