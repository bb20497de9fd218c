// checks: passed-on
void plain(struct item *p) { item_use(p); }                        //~ passed-on p item_use 0
void second(struct item *p, int n) { item_use(n, p); }             //~ passed-on p item_use 1
void a_part(struct item *p) { item_use(&p->inner); }               //~ passed-on p item_use 0

/* Near misses. */

void known_by_the_tables(char *p) { strlen(p); free(p); }
void content(struct item *p) { item_use(p->name); }
void number(int n) { item_use(n); }
