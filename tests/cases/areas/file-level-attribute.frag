The whole file says that it is for tests.
checks: area
xfail: `#![cfg(test)]` of a file does not reach the area of its sites
-- src/checks.rs --
#![cfg(test)]
unsafe fn helper() {}                               //~ area:test
