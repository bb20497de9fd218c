// checks: throws starts-thread takes-lock may-call-back
int checked(int n) { if (n > 3) throw std::out_of_range("n"); return n; }  //~ throws std::out_of_range
int known(const std::string &s) { return std::stoi(s); }           //~ throws std::stoi
int handled(int n) { try { return run(n); } catch (...) { throw; } }  //~ throws
void starts() { std::thread t(work); t.detach(); }                 //~ starts-thread std::thread
void locks(Item &it) { std::lock_guard<std::mutex> guard(it.mutex); }  //~ takes-lock std::lock_guard
int calls(int (*cb)(int), int n) { return cb(n); }                 //~ may-call-back cb cb

// Near misses.

int caught(int n) { try { throw n; } catch (int e) { return e; } }
int method(Item *p) { return p->size(); }
int inner(int n) { auto f = [](int m) { if (m) throw m; return m; }; return f(n); }
