A safe function takes the list out of its lock; the unsafe `remove` of another function relies on it (the shape of
CVE-2025-68260). A function that touches neither the list nor its lock is no reason.
checks: change cause
-- src/lib.rs --
pub struct Node { inner: Mutex<Inner> }
pub struct Inner { death_list: List, refs: usize }
impl Node {
    pub fn release(&self) {
        let mut guard = self.inner.lock();
        while let Some(death) = guard.death_list.pop_front() {
            death.set_dead();
        }
    }
    pub fn cancel(&self, death: &Death) {
        let mut guard = self.inner.lock();
        // SAFETY: the death is in this list or in none.
        unsafe { guard.death_list.remove(death) };
    }
    pub fn count(&self) -> usize {
        0
    }
}
== after ==
-- src/lib.rs --
pub struct Node { inner: Mutex<Inner> }
pub struct Inner { death_list: List, refs: usize }
impl Node {
    pub fn release(&self) {
        let mut guard = self.inner.lock();
        let list = core::mem::take(&mut guard.death_list);
        drop(guard);
        for death in list {
            death.set_dead();
        }
    }
    pub fn cancel(&self, death: &Death) {
        let mut guard = self.inner.lock();
        // SAFETY: the death is in this list or in none.
        unsafe { guard.death_list.remove(death) };      //~ affected:unsafe-block cause:lock-scope
    }
    pub fn count(&self) -> usize {
        1
    }
}
