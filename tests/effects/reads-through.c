// checks: reads-through
struct item { int size; struct item *next; };

int field(struct item *p) { return p->size; }                      //~ reads-through p
int target(int *p) { return *p; }                                  //~ reads-through p
int element(int *p) { return p[1]; }                               //~ reads-through p
void compared(void *p, void *q) { memcmp(p, q, 4); }               //~ reads-through p //~ reads-through q
void followed(struct item *p) { p->next->size = 1; }               //~ reads-through p
int tested(struct item *p) { return p && p->size; }                //~ reads-through p

/* Near misses. */

void written(struct item *p) { p->size = 1; }
int *pointed(struct item *p) { return &p->size; }
int measured(struct item *p) { return sizeof(*p) + sizeof(p->next->size); }
int asked(struct item *p) { return p != NULL; }
