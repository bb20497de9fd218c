A record, an enum or a constant that both languages define.
checks: record
-- src/lib.rs --
#[repr(C)]
pub struct Options { size: u32, limit: u64 }             //~ record:agrees
#[repr(C)]
pub struct Entry { key: u32, value: u32 }                //~ record:breaks
#[repr(C)]
pub struct Short { first: u32 }                          //~ record:may-break
#[repr(u32)]
pub enum Mode { Read = 0, Write = 2 }                    //~ record:breaks
pub const STORE_LIMIT: u32 = 64;                         //~ record:breaks
extern "C" {
    fn store_open(options: *const Options, entry: *mut Entry, short: *mut Short, mode: Mode) -> i32;
}
-- c/store.h --
#define STORE_LIMIT 32
enum Mode { Read, Write };
struct Options { unsigned size; unsigned long long limit; };
struct Entry { unsigned key; unsigned long long value; };
struct Short { unsigned first; unsigned second; };
int store_open(const struct Options *options, struct Entry *entry, struct Short *short_, enum Mode mode);
-- src/v2.rs --
pub const STORE_LEVEL: u32 = 2;
extern "C" { fn store_level() -> u32; }
-- src/v3.rs --
pub const STORE_LEVEL: u32 = 3;                          //~ record:agrees
extern "C" { fn store_level() -> u32; }
-- include/level.h --
#define STORE_LEVEL 3
unsigned store_level(void);
