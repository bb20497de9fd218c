// checks: returns-allocated returns-borrowed returns-static-buffer
struct item { char *name; struct item *next; int size; };
static struct item standard;
static struct item *first;

void *fresh(int n) { return calloc(n, 4); }                        //~ returns-allocated calloc
struct item *made(void)
{
	struct item *it = malloc(sizeof(*it));

	if (!it)
		return NULL;
	it->name = NULL;
	return it;                                                 //~ returns-allocated malloc
}
char *copied(const char *s) { return strdup(s); }                  //~ returns-allocated strdup
char *field(struct item *p) { return p->name; }                    //~ returns-borrowed p->name
struct item *global(void) { return &standard; }                    //~ returns-borrowed standard
struct item *by_pointer(void) { return first; }                    //~ returns-borrowed first
const char *literal(int n) { return n ? "yes" : name(n); }         //~ returns-borrowed string literal
const char *formatted(int n) { static char text[8]; sprintf(text, "%d", n); return text; }  //~ returns-static-buffer text
char *environment(void) { return getenv("HOME"); }                 //~ returns-static-buffer getenv

/* Near misses. */

struct item *listed(void) { struct item *it = malloc(sizeof(*it)); first = it; return find(it); }
struct item *kept(void)
{
	struct item *it = malloc(sizeof(*it));

	TAILQ_INSERT_TAIL(&items, it, next);
	return it;
}
char *taken(struct item *p) { char *name = p->name; p->name = NULL; return name; }
int number(struct item *p) { return p->size; }
char *unknown(struct item *p) { return item_name(p); }
