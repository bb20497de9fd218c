// checks: terminated length-of index writes-through
std::string whole(const char *text) { return std::string(text); }  //~ terminated text
std::string part(const char *text, size_t n) { return std::string(text, n); }  //~ length-of n text
int local(int i) { int sizes[4]; fill(sizes); return sizes[i]; }   //~ index i
int raw(int *p, int i) { return p[i]; }                            //~ index i p
void through(Item &it) { it.size = 1; }                            //~ writes-through it

// Near misses.

int operated(Table &t, int i) { return t[i]; }
int mapped(int key) { std::map<int, int> sizes; return sizes[key]; }
int by_value(Item it) { it.size = 1; return it.size; }
