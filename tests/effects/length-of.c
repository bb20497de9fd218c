// checks: length-of
void counted(int *p, size_t n) { for (size_t i = 0; i < n; i++) p[i] = 0; }  //~ length-of n p
void copied(void *p, const void *q, size_t n) { memcpy(p, q, n); }  //~ length-of n p q
void scaled(int *p, int n) { memset(p, 0, n * sizeof(*p)); }       //~ length-of n p
void downward(char *p, int n) { while (n--) *p++ = 0; }            //~ length-of n p
void to_an_end(char *p, int n)
{
	char *end = p + n;

	while (p < end)                                            //~ length-of n p
		*p++ = 0;
}
void while_counting(char *p, int n)
{
	int i = 0;

	while (i < n) {
		p[i] = 0;                                          //~ length-of n p
		i++;
	}
}
void printed(char *p, size_t n, int value) { snprintf(p, n, "%d", value); }  //~ length-of n p

/* Near misses. */

int first(int *p, size_t n) { return n ? p[0] : 0; }
void unrelated(char *p, int n) { for (int i = 0; i < n; i++) step(); p[0] = 1; }
void constant(char *p, int n) { memset(p, n, 4); }
void own_buffer(const char *p, int n) { char mine[64]; memset(mine, 0, n); use(p); }
void other_end(const char *p, int pn, const char *q, int qn)
{
	const char *pe = p + pn, *qe = q + qn;

	for (; qe - q <= pe - p; p++)
		step(*p);
}
