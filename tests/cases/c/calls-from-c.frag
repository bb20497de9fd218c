Where C comes to an exported function: calls, addresses, macros.
checks: call use
-- src/lib.rs --
#[no_mangle]
pub extern "C" fn store_put(n: u32) -> i32 { 0 }
-- c/store.h --
int store_put(unsigned int n);
#define STORE_ONE() store_put(1)                    //~ call:store_put
-- c/main.c --
#include "store.h"
static const struct ops table = {
    .put = store_put,                               //~ use:store_put
};
struct ops old_style = { put: &store_put };         //~ use:store_put
int (*hook)(unsigned int) = store_put;              //~ use:store_put
/* store_put(7) */
const char *name = "store_put(8)";
int main(void)
{
    CHECK(store_put(1) == 0);                       //~ call:store_put
    if (store_put(2))                               //~ call:store_put
        return store_put(3);                        //~ call:store_put
    store_on(EVENT, store_put);                     //~ use:store_put
    hook = &store_put;                              //~ use:store_put
    restore_put(9);
    return table.put(4);
}
