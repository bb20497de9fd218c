Too few arguments, too many, results that one side does not know.
checks: verdict differs
-- src/lib.rs --
use std::os::raw::{c_char, c_int};
extern "C" {
    fn store_few(a: c_int) -> c_int;                 //~ verdict:breaks differs:arity-breaks
    fn store_many(a: c_int, b: c_int) -> c_int;      //~ verdict:may-break differs:arity-may-break
    fn store_none();                                 //~ verdict:agrees
    fn store_invented() -> bool;                     //~ verdict:breaks differs:void-vs-value-breaks
    fn store_lost();                                 //~ verdict:tolerable differs:void-vs-value-tolerable
    fn store_never() -> !;                           //~ verdict:agrees
    fn store_log(fmt: *const c_char, ...) -> c_int;  //~ verdict:agrees
    fn store_vlog(fmt: *const c_char, ...) -> c_int; //~ verdict:breaks differs:variadic-breaks
    fn store_fixed(fmt: *const c_char) -> c_int;     //~ verdict:may-break differs:variadic-may-break
}
-- c/store.h --
#include <stdarg.h>
int store_few(int a, int b);
int store_many(int a);
void store_none(void);
void store_invented(void);
int store_lost(void);
void store_never(void) __attribute__((noreturn));
int store_log(const char *fmt, ...);
int store_vlog(const char *fmt, va_list ap);
int store_fixed(const char *fmt, ...);
