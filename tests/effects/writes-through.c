// checks: writes-through
struct item { int size; int sizes[4]; struct item *next; struct { int a; } inner; };

void field(struct item *p) { p->size = 1; }                        //~ writes-through p
void target(int *p) { *p = 1; }                                    //~ writes-through p
void element(int *p) { p[3] = 1; }                                 //~ writes-through p
void nested(struct item *p) { p->inner.a += 2; }                   //~ writes-through p
void counted(struct item *p) { p->size++; }                        //~ writes-through p
void filled(char *p) { memset(p, 0, 8); }                          //~ writes-through p
void copied(char *p, const char *from) { strcpy(p, from); }        //~ writes-through p
void scanned(const char *text, int *p) { sscanf(text, "%d", p); }  //~ writes-through p
void swept(int *p, int *end) { while (p < end) *p++ = 0; }         //~ writes-through p

void by_alias(void *data)
{
	struct item *it = (struct item *)data;

	it->size = 3;                                              //~ writes-through data
}

void inside_of_it(struct item *p)
{
	char *inside = (char *)&p->inner;

	inside[0] = 1;                                             //~ writes-through p
}

void by_container(struct list *node)
{
	struct item *it = container_of(node, struct item, next);

	it->size = 3;                                              //~ writes-through node
}

/* Near misses. */

int read_only(struct item *p) { return p->size + p->inner.a; }
void moved(struct item *p) { p = p->next; p->size = 1; }
void another_object(struct item *p) { p->next->size = 1; }
void local_copy(struct item *p) { struct item copy = *p; copy.size = 1; }
void array_or_pointer(struct item *p) { p->sizes[1] = 4; }
void shadowed(struct item *p) { { struct item *p = make(); p->size = 1; } }
void variable(int n) { n = 4; n++; }
struct item by_value(struct item it) { it.size = 1; return it; }
