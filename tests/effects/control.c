// checks: longjmp setjmp starts-thread takes-lock may-sleep aborts uses-global-state
static jmp_buf place;

void jumps(int n) { longjmp(place, n); }                           //~ longjmp longjmp
int lands(void) { return setjmp(place); }                          //~ setjmp setjmp
void starts(struct item *p) { kthread_run(work, p, "item"); }      //~ starts-thread kthread_run
void locks(struct item *p) { spin_lock(&p->lock); spin_unlock(&p->lock); }  //~ takes-lock spin_lock
void sleeps(struct item *p) { mutex_lock(&p->lock); }              //~ takes-lock mutex_lock //~ may-sleep mutex_lock
void guarded(struct item *p) { guard(mutex)(&p->lock); }           //~ takes-lock guard
void scoped(struct item *p) { scoped_guard(mutex, &p->lock) { p->n = 1; } }  //~ takes-lock scoped_guard
void allocates(int n) { kmalloc(n, GFP_KERNEL | __GFP_ZERO); }     //~ may-sleep GFP_KERNEL
void waits(void) { msleep(10); }                                   //~ may-sleep msleep
void ends(void) { abort(); }                                       //~ aborts abort
void checks(int n) { BUG_ON(n > 3); }                              //~ aborts BUG_ON
void asserts(int n) { assert(n > 3); }                             //~ aborts assert
void shares(char *s) { strtok(s, ","); }                           //~ uses-global-state strtok
void changes(void) { setenv("A", "b", 1); }                        //~ uses-global-state setenv
int counts(void) { static int n; n++; return n; }                  //~ uses-global-state static n

/* Near misses. */

void unlocks(struct item *p) { spin_unlock(&p->lock); mutex_unlock(&p->mutex); }
void allocates_at_once(int n) { kmalloc(n, GFP_ATOMIC); }
void not_reached(void) { return; abort(); }
int table(int i) { static const int sizes[] = { 1, 2 }; return sizes[i]; }
void own(char *s) { strtok_r(s, ",", &s); }
