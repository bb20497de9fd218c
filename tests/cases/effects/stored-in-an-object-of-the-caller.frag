checks: effect

A callee puts a pointer into an object: whose that is says the call. One on the caller's stack does not outlive it.

-- src/lib.rs --
extern "C" {
    fn walk_all(data: *mut Data);
    fn walk_later(data: *mut Data, out: *mut *mut Walk);
    fn walk_with(w: *mut Walk, data: *mut Data);
    fn walk_global(data: *mut Data);
}
-- c/walk.c --
static struct walk standard;

static void init(struct walk *w, void *data)
{
	w->data = data;                         //~ effect:stores-data-of-walk_with-via-init effect:stores-data-of-walk_global-via-init effect:writes-through-w-of-walk_with-via-init effect:dereferenced-before-null-test-w-of-walk_with-via-init
}

static struct walk *create(void *data)
{
	struct walk *w = malloc(sizeof(*w));

	w->data = data;                         //~ effect:stores-data-of-walk_later-via-create
	return w;
}

void walk_all(struct data *data)
{
	struct walk w;

	init(&w, data);
}

void walk_later(struct data *data, struct walk **out)
{
	*out = create(data);                    //~ effect:writes-through-out-of-walk_later effect:dereferenced-before-null-test-out-of-walk_later
}

void walk_with(struct walk *w, struct data *data)
{
	init(w, data);
}

void walk_global(struct data *data)
{
	init(&standard, data);
}
