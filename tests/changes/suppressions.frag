Suppressions that come, are copied, or say something else are told, and what they suppress is told when it is new. One that
only moved, or that went, is not.
checks: change cause note
-- src/lib.rs --
pub struct Queue<T> { head: *mut T }
unsafe impl<T: Send> Send for Queue<T> {}
pub struct Old<T> { head: *mut T }
unsafe impl<T> Send for Old<T> {}
// ffireview: allow(unbounded-send-sync) -- never handed out
pub struct Gone<T> { head: *mut T }
// ffireview: allow(unbounded-send-sync) -- of a private module
unsafe impl<T> Send for Gone<T> {}
-- src/moved.rs --
pub struct Moved<T> { head: *mut T }
// ffireview: allow(unbounded-send-sync) -- counted below
unsafe impl<T> Send for Moved<T> {}
pub struct Until<T> { head: *mut T }
// ffireview: allow(unbounded-send-sync) -- soon [until=2027-01-31]
unsafe impl<T> Send for Until<T> {}
pub struct Copy<T> { head: *mut T }
unsafe impl<T> Send for Copy<T> {}
-- ffireview.toml --
persona = "pedantic"
== after ==
-- src/lib.rs --
pub struct Queue<T> { head: *mut T }
// ffireview: allow(unbounded-send-sync) -- of one thread      //~ note:suppression
unsafe impl<T> Send for Queue<T> {}                            //~ changed:unsafe-impl cause:finding cause:code
pub struct Old<T> { head: *mut T }
// ffireview: allow(unbounded-send-sync) -- of one thread too  //~ note:suppression
unsafe impl<T> Send for Old<T> {}
pub struct Gone<T> { head: *mut T }
// ffireview: allow(unbounded-send-sync) -- of a private module
unsafe impl<T> Send for Gone<T> {}
-- src/moved.rs --
fn above() {}
pub struct Moved<T> { head: *mut T }
// ffireview: allow(unbounded-send-sync)  --  counted below
unsafe impl<T> Send for Moved<T> {}
pub struct Until<T> { head: *mut T }
// ffireview: allow(unbounded-send-sync) -- soon [until=2028-01-31]    //~ note:suppression
unsafe impl<T> Send for Until<T> {}
pub struct Copy<T> { head: *mut T }
// ffireview: allow(unbounded-send-sync) -- counted below      //~ note:suppression
unsafe impl<T> Send for Copy<T> {}
-- ffireview.toml --
persona = "regular"                                            #~ note:suppression
