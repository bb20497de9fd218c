`bool` against integers, enumerations against integers.
checks: verdict differs
-- src/lib.rs --
use std::os::raw::{c_int, c_uint};
#[repr(C)] pub enum Mode { Read, Write }
#[repr(u8)] pub enum Small { A, B }
extern "C" {
    fn store_flag(b: bool) -> bool;                  //~ verdict:agrees
    fn store_flag_int() -> bool;                     //~ verdict:may-break differs:bool-vs-int-may-break
    fn store_int_flag() -> c_int;                    //~ verdict:may-break differs:bool-vs-int-may-break
    fn store_byte_flag(b: u8);                       //~ verdict:tolerable differs:bool-vs-int-tolerable
    fn store_mode(m: Mode) -> c_uint;                //~ verdict:agrees
    fn store_mode_back() -> Mode;                    //~ verdict:agrees
    fn store_mode_int() -> Mode;                     //~ verdict:may-break differs:enum-vs-int-may-break
    fn store_small(s: Small);                        //~ verdict:breaks differs:width-breaks
}
-- c/store.h --
#include <stdbool.h>
enum store_mode { STORE_READ, STORE_WRITE };
bool store_flag(bool b);
int store_flag_int(void);
bool store_int_flag(void);
void store_byte_flag(bool b);
enum store_mode store_mode(enum store_mode m);
enum store_mode store_mode_back(void);
int store_mode_int(void);
void store_small(enum store_mode s);
