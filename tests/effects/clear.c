// checks: frees writes-through dereferenced-before-null-test may-return-null null-tested
/* Bodies that preprocessor and macros cut up: conditions are told apart, and what cannot be read says nothing. */

int conditional(struct item *p)
{
#ifdef CHECKED
	if (!p)                                                    //~ null-tested p
		return -1;
#endif
	return p->size;
}

struct item *exclusive(struct item *p)
{
#ifdef KEPT
	return p;
#else
	free(p);                                                   //~ frees p
	return NULL;                                               //~ may-return-null
#endif
}

void cut(struct item *p)
{
#ifdef CHECKED
	if (p->size) {
#else
	if (p) {
#endif
		free(p);
	}
}

void own_loop(struct item *p)
{
	each_of_these(p, it) {
		free(p);
	}
}

void known_loop(struct item *p)
{
	struct item *it;

	list_for_each_entry(it, &p->list, list)                    //~ dereferenced-before-null-test p
		it->size = 1;
	free(p);                                                   //~ frees p
}

void typed_macro(struct list *node)
{
	struct item *it = list_entry(node, struct item, list);

	free(it);                                                  //~ frees node
}

void statement_expression(struct item *p)
{
	int n = ({ int m = 1; p->size = m; m; });                  //~ dereferenced-before-null-test p //~ writes-through p

	use(n);
}
