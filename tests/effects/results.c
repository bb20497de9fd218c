// checks: may-return-null error-pointer negative-errno sentinel
struct item *literally(int n) { if (n) return NULL; return find(n); }  //~ may-return-null
char *zero(int n) { return n ? name(n) : 0; }                      //~ may-return-null
struct item *by_variable(int n)
{
	struct item *found = NULL;

	if (n > 3)
		goto out;
	found = find(n);
out:
	return found;                                              //~ may-return-null
}
void *allocated(int n) { return malloc(n); }                       //~ may-return-null malloc
void *allocated_first(int n) { void *p = kzalloc(n, GFP_KERNEL); return p; }  //~ may-return-null kzalloc
char *searched(char *s) { return strchr(s, 'x'); }                 //~ may-return-null strchr
struct item *only_for_null(struct item *p) { if (!p) return NULL; return &p->next; }  //~ may-return-null p
struct item *picked(struct item *p) { return p ? &p->next : NULL; }  //~ may-return-null p
struct item *picked_last(struct item *p, int n) { return n > 0 ? &p->next : p ? p : NULL; }  //~ may-return-null p
void *error(int n) { if (n) return ERR_PTR(-EINVAL); return find(n); }  //~ error-pointer ERR_PTR
void *passed_error(struct item *p) { struct item *q = get(p); if (IS_ERR(q)) return q; return q->next; }  //~ error-pointer
int number(int n) { if (n) return -EINVAL; return 0; }             //~ negative-errno -EINVAL
int minus_one(int n) { if (n) return -1; return 0; }               //~ negative-errno -1
int by_goto(int n)
{
	int err = -ENOMEM;

	if (!n)
		goto out;
	err = run(n);
out:
	return err;                                                //~ negative-errno -ENOMEM
}
int named(int n) { return n ? ITEM_NOT_FOUND : ITEM_FOUND; }       //~ sentinel ITEM_NOT_FOUND //~ sentinel ITEM_FOUND
size_t largest(int n) { if (n) return -1; return 0; }              //~ sentinel -1

/* Near misses. */

int success(int n) { if (n) return 0; return run(n); }
void *tested(int n) { void *p = malloc(n); if (!p) abort(); return p; }
void *ended(int n) { return xmalloc(n); }
struct item *overwritten(int n) { struct item *p = NULL; p = find(n); return p; }
struct item *filled_in(int n) { struct item *p = NULL; if (open_item(&p, n)) abort(); return p; }
int truth(int n) { return n ? TRUE : FALSE; }
int computed(int n) { return -n; }
