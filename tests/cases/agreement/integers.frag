Widths and signs, and the names that spell them.
checks: verdict differs
-- src/lib.rs --
use std::os::raw::{c_char, c_int, c_long, c_uint, c_ulong};
extern "C" {
    fn store_same(a: c_int, b: u32, c: i64, d: usize, e: c_char) -> c_long;  //~ verdict:agrees
    fn store_narrow(n: u32) -> c_int;                //~ verdict:breaks differs:width-breaks-LP64-LLP64
    fn store_wide(n: u64) -> c_int;                  //~ verdict:may-break differs:width-may-break
    fn store_wide_result() -> u64;                   //~ verdict:breaks differs:width-breaks
    fn store_sign(n: c_uint);                        //~ verdict:tolerable differs:sign-tolerable
    fn store_small_sign(n: u8);                      //~ verdict:may-break differs:sign-may-break
    fn store_char(n: i8, m: u8);                     //~ verdict:agrees
    fn store_long(n: i64);                           //~ verdict:tolerable differs:width-tolerable-LLP64-ILP32
    fn store_long_right(n: c_long, m: c_ulong);      //~ verdict:agrees
    fn store_float(n: f32) -> f64;                   //~ verdict:breaks differs:width-breaks
    fn store_float_int(n: f64);                      //~ verdict:breaks differs:float-vs-int-breaks
}
-- c/store.h --
#include <stdint.h>
long store_same(int a, uint32_t b, int64_t c, size_t d, char e);
int store_narrow(size_t n);
int store_wide(unsigned int n);
uint32_t store_wide_result(void);
void store_sign(int n);
void store_small_sign(int8_t n);
void store_char(char n, char m);
void store_long(long n);
void store_long_right(long n, unsigned long m);
double store_float(double n);
void store_float_int(long n);
