// checks: frees
struct item { char *name; struct item *next; };

void plain(void *p) { free(p); }                                   //~ frees p
void kernel(struct item *p) { kfree(p->name); kfree(p); }          //~ frees p
void glib(struct item *p) { if (p) g_free(p); }                    //~ frees p
void second(struct kmem_cache *c, void *p) { kmem_cache_free(c, p); }  //~ frees p
void *resized(void *p, int n) { return realloc(p, n); }            //~ frees p
void container(struct list *node)
{
	struct item *it = container_of(node, struct item, next);

	free(it);                                                  //~ frees node
}
void header(char *p) { free(p - 16); }                             //~ frees p
void chain(struct item *p)
{
	while (p) {
		struct item *next = p->next;

		free(p);                                           //~ frees p
		p = next;
	}
}
void cleanup(struct item *p)
{
	struct item *it = p;

	if (it->next)
		goto out;
	return;
out:
	free(it);                                                  //~ frees p
}

/* Near misses. */

void content(struct item *p) { free(p->name); }
void copy(const char *p) { char *mine = strdup(p); free(mine); }
void replaced(char *p) { p = malloc(4); free(p); }
void another(struct item *p, struct item *keep)
{
	struct item *it = keep;

	if (p->next)
		it = p->next;
	if (it != keep)
		free(it);
}
void all_but_the_first(struct item *p)
{
	struct item *it = p;

	while (it) {
		struct item *next = it->next;

		if (it != p)
			free(it);
		it = next;
	}
	if (it != p)
		free(it);
}
void not_reached(void *p) { return; free(p); }
