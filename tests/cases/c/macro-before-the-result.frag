An export macro before the result type, another between it and the name.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:1 link:c/other.h:1 link:c/third.h:1
-- c/store.h --
STORE_API int store_put(unsigned int n);
-- c/other.h --
STORE_EXPORT int STORE_CALL store_put(unsigned int n);
-- c/third.h --
extern DLL_PUBLIC int store_put(unsigned int n) STORE_NOEXCEPT;
