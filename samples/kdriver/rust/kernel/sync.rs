// SPDX-License-Identifier: Apache-2.0

//! Locks.

use crate::bindings;
use core::cell::UnsafeCell;

/// Holds the mutex at `lock` until it is dropped.
pub struct RawGuard {
    lock: *mut bindings::mutex,
}

impl RawGuard {
    /// # Safety
    ///
    /// `lock` points to an initialised mutex that outlives the guard.
    pub unsafe fn new(lock: *mut bindings::mutex) -> Self {
        // SAFETY: By the contract of this function.
        unsafe { bindings::mutex_lock(lock) };
        RawGuard { lock }
    }
}

impl Drop for RawGuard {
    fn drop(&mut self) {
        // SAFETY: The guard exists, so this context holds the mutex.
        unsafe { bindings::mutex_unlock(self.lock) };
    }
}

/// A value that the kernel initialises once, before anything else runs.
pub struct InitOnce<T>(UnsafeCell<Option<T>>);

// SAFETY: Written once before other threads exist, and then only read through `&T`.
unsafe impl<T: Sync + Send> Sync for InitOnce<T> {}

/// Declares a lock with static storage.
///
/// ```
/// global_lock! {
///     unsafe(uninit) static RINGS: Mutex<usize> = 0;
/// }
/// // SAFETY: Called exactly once.
/// unsafe { RINGS.init() };
/// ```
#[macro_export]
macro_rules! global_lock {
    (unsafe(uninit) static $name:ident: Mutex<$ty:ty> = $value:expr;) => {
        static $name: $crate::sync::GlobalMutex<$ty> =
            // SAFETY: The user of the macro promises to call `init`.
            unsafe { $crate::sync::GlobalMutex::new_uninit($value) };
    };
}

pub struct GlobalMutex<T> {
    raw: UnsafeCell<bindings::mutex>,
    value: UnsafeCell<T>,
}

// SAFETY: The value is only reached with the mutex held.
unsafe impl<T> Sync for GlobalMutex<T> {}

impl<T> GlobalMutex<T> {
    /// # Safety
    ///
    /// `init` is called before anything else.
    pub const unsafe fn new_uninit(value: T) -> Self {
        let raw = bindings::mutex { owner: 0 };
        Self { raw: UnsafeCell::new(raw), value: UnsafeCell::new(value) }
    }

    /// # Safety
    ///
    /// Called exactly once.
    pub unsafe fn init(&'static self) {
        // SAFETY: The mutex is static and the name terminated.
        unsafe { bindings::__mutex_init(self.raw.get(), c"global".as_ptr().cast()) };
    }

    pub fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: Initialised by the contract of `new_uninit`.
        let _guard = unsafe { RawGuard::new(self.raw.get()) };
        // SAFETY: The guard keeps all others out.
        f(unsafe { &mut *self.value.get() })
    }
}
