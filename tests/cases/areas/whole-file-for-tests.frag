A module that `lib.rs` builds for tests only, in a file of its own with a neutral name.
checks: area
-- src/lib.rs --
#[cfg(test)]
mod checks;
-- src/checks.rs --
unsafe fn helper() {}                               //~ area:test
