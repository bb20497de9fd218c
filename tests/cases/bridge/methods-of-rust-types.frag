Rust methods offered to C++.
checks: site export via
-- src/lib.rs --
#[cxx::bridge]
mod ffi {
    extern "Rust" {
        type Counter;                                               //~ site:bridge-item
        fn advance_counter(self: &mut Counter, by: u32);            //~ site:bridge-item export:advance_counter via:cxx
        fn counter_total(&self) -> u64;                             //~ site:bridge-item export:counter_total via:cxx
    }
}
pub struct Counter(u64);
impl Counter {
    fn advance_counter(&mut self, by: u32) {}
    fn counter_total(&self) -> u64 { self.0 }
}
-- src/use.cc --
#include "lib.rs.h"
void run(Counter &counter) { counter.advance_counter(1); }
