// checks: called may-call-back
struct ops { int (*open)(void *); };
struct item { struct ops *ops; int (*done)(void *); void *data; };

int plain(int (*cb)(void *), void *data) { return cb(data); }      //~ called cb data //~ may-call-back cb cb
int starred(visit_cb cb, void *data) { return (*cb)(data); }       //~ called cb data //~ may-call-back cb cb
int kept(visit_cb cb) { visit_cb mine = cb; return mine(0); }      //~ called cb //~ may-call-back mine cb
int field(struct item *p) { return p->done(p->data); }             //~ may-call-back p->done
int table(struct item *p) { return p->ops->open(p); }              //~ may-call-back p->ops->open
int loaded(struct item *p) { int (*f)(void *) = p->done; return f(p); }  //~ may-call-back f
void sorted(void *p, int n, compare_fn cmp) { qsort(p, n, 4, cmp); }  //~ called cmp //~ may-call-back cmp cmp
void threaded(void *(*run)(void *), void *data)
{
	pthread_t t;

	pthread_create(&t, NULL, run, data);                       //~ called run data //~ may-call-back run run
}

/* Near misses. */

int by_name(void *data) { return visit(data); }
void compared_here(void *p, int n) { qsort(p, n, 4, compare_ints); }
void assigned(struct item *p, visit_cb cb) { p->done = cb; }
int passed(visit_cb cb) { return walk(cb); }
