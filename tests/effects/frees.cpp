// checks: frees
void one(Item *p) { delete p; }                                    //~ frees p
void many(Item *p) { delete[] p; }                                 //~ frees p

// Near misses.

void field(Item *p) { delete p->next; }
void smart(std::unique_ptr<Item> p) { p->close(); }
