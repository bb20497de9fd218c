// checks: dereferenced-before-null-test
struct item { int size; struct item *next; };

int at_once(struct item *p) { return p->size; }                    //~ dereferenced-before-null-test p
int too_late(struct item *p)
{
	int size = p->size;                                        //~ dereferenced-before-null-test p

	if (!p)
		return -1;
	return size;
}
int text(const char *p) { return strlen(p); }                      //~ dereferenced-before-null-test p
int another(struct item *p, struct item *q)
{
	if (!p)
		return -1;
	return p->size + q->size;                                  //~ dereferenced-before-null-test q
}
int by_alias(void *data)
{
	struct item *it = data;

	return it->size;                                           //~ dereferenced-before-null-test data
}

/* Near misses. */

int returned(struct item *p) { if (!p) return -1; return p->size; }
int compared(struct item *p) { if (p == NULL) goto out; return p->size; out: return 0; }
int compared_from_behind(struct item *p) { if (NULL != p) return p->size; return 0; }
int short_circuit(struct item *p) { return p && p->size; }
int either(struct item *p, int n) { if (!p || n > p->size) return -1; return p->size; }
int chosen(struct item *p) { return p ? p->size : 0; }
int asserted(struct item *p) { assert(p); return p->size; }
int bug(struct item *p) { BUG_ON(!p); return p->size; }
int warned(struct item *p) { if (WARN_ON(!p)) return -1; return p->size; }
int unlikely_null(struct item *p) { if (unlikely(p == NULL)) return -1; return p->size; }
int glib(struct item *p) { g_return_val_if_fail(p != NULL, -1); return p->size; }
int error_or_null(struct item *p) { if (IS_ERR_OR_NULL(p)) return -1; return p->size; }
int some_macro(struct item *p) { CHECK_ITEM(p); return p->size; }
int some_function(struct item *p) { if (!item_is_valid(p)) return -1; return p->size; }
int some_result(struct item *p) { int err = item_check(p); if (err) return err; return p->size; }
int some_case(struct item *p) { switch (item_kind(p)) { case 1: return p->size; } return 0; }
int by_its_alias(void *data) { struct item *it = data; if (!it) return -1; return it->size; }
int looped(struct item *p) { int n = 0; for (; p; p = p->next) n += p->size; return n; }
int *address(struct item *p) { return &p->size; }
int unevaluated(struct item *p) { return sizeof(p->size); }
int default_item(struct item *p) { p = p ? p : &standard; return p->size; }
