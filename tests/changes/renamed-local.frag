A local gets another name: no change. Another local of the function takes its place: a change.
checks: change
-- src/lib.rs --
pub(crate) fn renamed(base: *const u8, at: usize) -> u8 {
    let index = at + 1;
    unsafe { *base.add(index) }
}
pub(crate) fn swapped(base: *const u8, i: usize, j: usize) -> u8 {
    let _ = (i, j);
    unsafe { *base.add(i) }
}
== after ==
-- src/lib.rs --
pub(crate) fn renamed(start: *const u8, at: usize) -> u8 {
    let offset = at + 1;
    unsafe { *start.add(offset) }
}
pub(crate) fn swapped(base: *const u8, i: usize, j: usize) -> u8 {
    let _ = (i, j);
    unsafe { *base.add(j) }                     //~ changed:unsafe-block
}
