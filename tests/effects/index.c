// checks: index
static int table[16];

int plain(int *p, int i) { return p[i]; }                          //~ index i p
int global(unsigned i) { return table[i]; }                        //~ index i
int offset(int *p, int i) { return *(p + i); }                     //~ index i p
int next(int *p, int i) { return p[i + 1]; }                       //~ index i p
int hidden(kind_t kind) { return table[kind]; }                    //~ index kind

/* Near misses. */

int compared(int i) { if (i >= 16) return 0; return table[i]; }
int chosen(int i) { return i < 16 ? table[i] : 0; }
int asserted(int i) { assert(i < 16); return table[i]; }
int switched(int i) { switch (i) { case 0: return table[i]; } return 0; }
int masked(unsigned i) { return table[i & 15] + table[i % 16]; }
int clamped(int i) { return table[min(i, 15)]; }
int asked(int i) { if (!is_valid(i)) return 0; return table[i]; }
int moved(int *p, int i) { i = find(p); return p[i]; }
int another(int *p, int i) { return p[0] + i; }
