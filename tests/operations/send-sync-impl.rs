unsafe impl Send for Handle {} //~ send-sync-impl

unsafe impl<T: Send> Sync for Shared<T> {} //~ send-sync-impl

unsafe impl core::marker::Send for Handle {} //~ send-sync-impl

unsafe impl<T> std::marker::Sync for Shared<T> where T: Sync {} //~ send-sync-impl

impl !Send for Local {}

unsafe impl Zeroable for Handle {}

unsafe impl<T: Send + Sync> GlobalAlloc for Shared<T> {}

impl Sender for Handle {}

fn spawn<F: Send + Sync>(f: F) {}
