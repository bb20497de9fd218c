A C++ function in a namespace or class has another symbol.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:1
-- c/store.h --
int store_put(unsigned int n);
-- c/other.cc --
namespace store {
int store_put(unsigned int n) { return 0; }
}
class Store {
  int store_put(unsigned int n);
};
int Store::store_put(unsigned int n) { return 1; }
