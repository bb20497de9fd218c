// checks: returned
struct item { int size; struct item *next; };

void *same(void *p) { return p; }                                  //~ returned p
int *inside(struct item *p) { return &p->size; }                   //~ returned p
char *later(char *p, int n) { return p + n; }                      //~ returned p
char *through_a_function(char *p, int c) { return strchr(p, c); }  //~ returned p
struct item *either(struct item *p, struct item *q) { return p ? p : q; }  //~ returned p //~ returned q
struct item *outer(struct list *node) { return container_of(node, struct item, next); }  //~ returned node

/* Near misses. */

struct item *field(struct item *p) { return p->next; }
int number(int n) { return n; }
int read(int *p) { return *p; }
char *copy(char *p) { return strdup(p); }
