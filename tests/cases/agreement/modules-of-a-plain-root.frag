The root of a crate holds nothing but modules under conditions: their declarations are never built together.
checks: verdict
-- src/lib.rs --
#[cfg(any(feature = "lua54", doc))]
pub mod lua54;
#[cfg(any(feature = "luau", doc))]
#[doc(hidden)]
pub mod luau;
-- src/lua54/mod.rs --
pub mod lua;
-- src/lua54/lua.rs --
extern "C" { fn lua_rawget(idx: i32); }
-- src/luau/mod.rs --
pub mod lua;
-- src/luau/lua.rs --
extern "C" { fn lua_rawget(idx: i32) -> i32; }
