// checks: null-tested
int negated(int *p) { if (!p) return 1; return 0; }                //~ null-tested p
int plain(int *p) { if (p) return 1; return 0; }                   //~ null-tested p
int equal(int *p) { return p == NULL; }                            //~ null-tested p
int zero(int *p) { if (0 == p) return 1; return 0; }               //~ null-tested p
int chained(int *p, int *q) { return p && q; }                     //~ null-tested p //~ null-tested q
int asserted(int *p) { assert(p != NULL); return 0; }              //~ null-tested p
int chosen(int *p) { return p ? 1 : 2; }                           //~ null-tested p
int macro(int *p) { if (likely(p)) return 1; return 0; }           //~ null-tested p
int by_alias(int *p) { int *q = p; while (q) { break; } return 0; }  //~ null-tested p

/* Near misses. */

int value(int *p) { if (*p) return 1; return 0; }
int number(int n) { if (!n) return 1; return n == 0; }
int field(struct item *p) { return p->next == NULL; }
int compared(int *p, int *q) { return p == q; }
int moved(int *p) { p = find(); return p != NULL; }
