A bound goes away, and a rule finds what it did not find before. What it found all along is no news.
checks: change cause
-- src/lib.rs --
pub struct Queue<T> { head: *mut T }
unsafe impl<T: Send> Send for Queue<T> {}
pub struct Old<T> { head: *mut T }
unsafe impl<T> Send for Old<T> {}
== after ==
-- src/lib.rs --
pub struct Queue<T> { head: *mut T }
unsafe impl<T> Send for Queue<T> {}         //~ changed:unsafe-impl cause:finding cause:code
pub struct Old<T> { head: *mut T }
unsafe impl<T> Send for Old<T> {}
