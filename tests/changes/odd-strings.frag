A string that goes on after a backslash, and quotes as characters, do not hide what follows from the comparison.
checks: change
-- src/lib.rs --
pub fn told(n: u32) { println!("{n} of \n\
    {n} \" more"); let _ = ('"', b'"', '\'', r#"""#); }
pub unsafe fn at(p: *const u32, n: usize) -> u32 {
    *p.add(n.wrapping_mul(4))
}
== after ==
-- src/lib.rs --
pub fn told(n: u32) { println!("{n} of \n\
    {n} \" more"); let _ = ('"', b'"', '\'', r#"""#); }
pub unsafe fn at(p: *const u32, n: usize) -> u32 {     //~ changed:unsafe-fn
    *p.add(n * 4)
}
