A safe function that makes a type asks less of the values that go in: `unsafe impl Send` and `Sync` of the type relied on it.
A bound that came back in a where clause is none the less there.
checks: change cause
-- src/lib.rs --
pub struct Shared<'a, T: ?Sized>(&'a T);
unsafe impl<'a, T: ?Sized> Send for Shared<'a, T> {}
pub struct Other<T>(*mut T);
unsafe impl<T> Send for Other<T> {}
impl<'a, U: ?Sized> Shared<'a, U> {
    pub fn map<V: ?Sized + Send, F: FnOnce(&U) -> &V>(self, f: F) -> Shared<'a, V> { Shared(f(self.0)) }
}
pub fn other<T: Send>(value: *mut T) -> Other<T> { Other(value) }
pub struct Job(*mut u8);
unsafe impl Send for Job {}
pub fn job<F: FnOnce() + 'static>(f: F) -> Job { Job(into_raw(f)) }
== after ==
-- src/lib.rs --
pub struct Shared<'a, T: ?Sized>(&'a T);
unsafe impl<'a, T: ?Sized> Send for Shared<'a, T> {}   //~ affected:unsafe-impl cause:bound
pub struct Other<T>(*mut T);
unsafe impl<T> Send for Other<T> {}
impl<'a, U: ?Sized> Shared<'a, U> {
    pub fn map<V: ?Sized, F: FnOnce(&U) -> &V>(self, f: F) -> Shared<'a, V> { Shared(f(self.0)) }
}
pub fn other<T>(value: *mut T) -> Other<T> where T: Send { Other(value) }
pub struct Job(*mut u8);
unsafe impl Send for Job {}                             //~ affected:unsafe-impl cause:bound
pub fn job<F: FnOnce()>(f: F) -> Job { Job(into_raw(f)) }
