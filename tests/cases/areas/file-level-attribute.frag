The whole file says that it is for tests.
checks: area
-- src/checks.rs --
#![cfg(test)]
unsafe fn helper() {}                               //~ area:test
