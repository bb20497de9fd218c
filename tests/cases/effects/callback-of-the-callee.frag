checks: effect

A callee calls the function that it is given. Given the caller's parameter, the caller calls back too; given a function
of the library itself, it does not.

-- src/lib.rs --
extern "C" {
    fn tree_visit(visit: visit_cb, data: *mut c_void);
    fn tree_count();
    fn tree_run(t: *mut Tree);
}
-- c/tree.c --
struct tree { visit_cb visit; };

static int count_one(void *data) { return 1; }

static int each(visit_cb cb, void *data)
{
	return cb(data);                        //~ effect:called-visit-of-tree_visit-via-each effect:may-call-back-cb-of-tree_visit-via-each effect:may-call-back-cb-of-tree_run-via-each
}

void tree_visit(visit_cb visit, void *data)
{
	each(visit, data);
}

void tree_count(void)
{
	each(count_one, 0);
}

void tree_run(struct tree *t)
{
	each(t->visit, 0);                      //~ effect:reads-through-t-of-tree_run effect:dereferenced-before-null-test-t-of-tree_run
}
