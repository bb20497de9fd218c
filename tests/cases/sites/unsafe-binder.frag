An unsafe binder is a type, nightly only.
checks: site
xfail: `unsafe<'a> &'a u8` is taken for a macro keyword; sites._TYPE wants `fn` behind the binder
-- src/lib.rs --
fn binder(x: unsafe<'a> &'a u8) {}
