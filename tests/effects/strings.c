// checks: format terminated
void plain(const char *fmt) { printf(fmt); }                       //~ format fmt
void second(FILE *f, const char *fmt, int n) { fprintf(f, fmt, n); }  //~ format fmt
void listed(const char *fmt, va_list ap) { vprintf(fmt, ap); }     //~ format fmt
void measured(const char *s) { strlen(s); }                        //~ terminated s
void compared(const char *s, const char *t) { strcmp(s, t); }      //~ terminated s //~ terminated t
void inserted(const char *s, int n) { printf("%d %s\n", n, s); }   //~ terminated s
void behind_a_star(const char *s, int n) { printf("%*d %s", n, n, s); }  //~ terminated s
void opened(const char *path) { fopen(path, "r"); }                //~ terminated path
void from_inside(const char *s) { atoi(s + 2); }                   //~ terminated s

/* Near misses. */

void fixed(const char *s) { printf("text %p", s); }
void precise(const char *s, int n) { printf("%.*s", n, s); }
void percent(const char *s) { printf("100%% %d", s[0]); }
void bounded(const char *s, int n) { strnlen(s, n); }
void bytes(const char *s, int n) { memcpy(buffer, s, n); }
void other(const char *s) { char mine[4] = "abc"; strlen(mine); use(s); }
