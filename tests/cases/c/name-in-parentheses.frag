Lua's way: a name in parentheses keeps a macro of the same name away.
checks: link
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }  //~ link:c/store.h:2 link:c/lua.h:2
-- c/store.h --
#pragma once
int (store_put)(unsigned int n);
-- c/lua.h --
#pragma once
LUA_API int (store_put) (unsigned int n);
