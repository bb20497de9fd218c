// checks: always-returns-constant
int nothing(int n) { return 0; }                                   //~ always-returns-constant 0
int every_way(int n) { if (n) return 1; run(n); return 1; }        //~ always-returns-constant 1
static inline void *stub(int n) { return NULL; }                   //~ always-returns-constant NULL
int by_variable(int n) { int err = 0; run(n); return err; }        //~ always-returns-constant 0

/* Near misses. */

int two(int n) { if (n) return 1; return 0; }
int changed(int n) { int err = 0; if (n) err = run(n); return err; }
int filled_in(int n) { int err = 0; run(&err); return err; }
int macro(int n) { CHECK_RETURN(n); return 0; }
void none(int n) { return; }
