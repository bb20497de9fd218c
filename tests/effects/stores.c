// checks: stores
struct item { char *name; struct item *next; int size; void (*done)(void *); void *data; };
static struct item *current;
struct item *table[8];

void global(struct item *p) { current = p; }                       //~ stores p
void in_table(struct item *p, int i) { table[i] = p; }             //~ stores p
void static_local(struct item *p) { static struct item *last; last = p; }  //~ stores p
void in_another(struct item *p, char *name) { p->name = name; }    //~ stores name p
void out(struct item *p, struct item **where) { *where = p; }      //~ stores p where
void on_the_heap(char *name)
{
	struct item *it = malloc(sizeof(*it));

	it->name = name;                                           //~ stores name
}
struct item *in_the_result(char *name)
{
	struct item *it = malloc(sizeof(*it));

	it->name = name;                                           //~ stores name result
	return it;
}
void in_one_handed_out(char *name, struct item **where)
{
	struct item *it = malloc(sizeof(*it));

	it->name = name;                                           //~ stores name where
	*where = it;
}
void in_one_of_a_list(char *name)
{
	struct item *it = malloc(sizeof(*it));

	it->name = name;                                           //~ stores name
	TAILQ_INSERT_TAIL(&items, it, next);
}
void in_a_found_one(char *name) { struct item *it = find(); it->name = name; }  //~ stores name
void callback(struct item *p, void (*done)(void *), void *data)
{
	p->done = done;                                            //~ stores done p
	p->data = data;                                            //~ stores data p
}
void typed(struct item *p, done_cb done) { p->done = done; }       //~ stores done p
void listed(struct item *p) { list_add(&p->next, &all); }          //~ stores p
void published(struct item *p) { WRITE_ONCE(current, p); }         //~ stores p
void a_part(struct item *p) { current = p->size ? p + 1 : 0; }     //~ stores p
void constructed(struct item *p, char *name) { *p = (struct item) { .name = name }; }  //~ stores name p
void threaded(void *data) { pthread_t t; pthread_create(&t, NULL, work, data); }  //~ stores data

/* Near misses. */

void in_itself(struct item *p) { p->next = p; }
void number(struct item *p, int size, unsigned long flags, item_flags_t more) { p->size = size + flags + more; }
void content(struct item *p, struct item *q) { p->name = q->name; }
void copied(struct item *p, const char *name) { p->name = strdup(name); }
void whole(struct item *p, struct item *q) { *p = *q; }
void on_the_stack(char *name) { struct item it; it.name = name; use(&it); }
void on_the_stack_too(char *name) { struct item it, *q = &it; q->name = name; use(q); }
void local_array(char *name) { char *names[2]; names[0] = name; use(names); }
void in_one_given_back(char *name) { struct item *it = item_new(); it->name = name; use(it); item_free(it); }
void in_one_freed(char *name) { struct item *it = malloc(sizeof(*it)); it->name = name; use(it); free(it); }
void listed_on_the_stack(struct item *p) { struct list_head mine; list_add(&p->next, &mine); use(&mine); }
