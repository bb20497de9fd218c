// SPDX-License-Identifier: Apache-2.0

//! A character device in front of a ring buffer.

use core::mem::MaybeUninit;
use kernel::bindings;
use kernel::chrdev::Registration;
use kernel::ffi::{c_char, c_int, c_long, c_uint, c_void};
use kernel::prelude::*;
use kernel::ring::{Ring, SharedRing};
use kernel::seq_file::SeqFile;

module! {
    type: RingModule,
    name: "ring_rust",
    authors: ["The ffireview samples"],
    description: "Ring buffer device",
    license: "Apache-2.0",
}

kernel::global_lock! {
    unsafe(uninit) static OPENED: Mutex<usize> = 0;
}

/// What an open file owns.
struct Session {
    ring: Ring,
    shared: SharedRing,
    log: Box<[u8]>,
}

/// A table that C reads for as long as the module is loaded.
struct Table(bindings::file_operations);

// SAFETY: Nobody writes to the table, and the functions in it may run on any thread.
unsafe impl Sync for Table {}

static FOPS: Table = Table(bindings::file_operations {
    owner: core::ptr::null_mut(),
    open: Some(open_callback),
    release: Some(release_callback),
    read: Some(read_callback),
    write: Some(write_callback),
    // SAFETY: The rest of the table may be zero: no function.
    ..unsafe { MaybeUninit::<bindings::file_operations>::zeroed().assume_init() }
});

/// # Safety
///
/// Called by the VFS with valid pointers.
unsafe extern "C" fn open_callback(
    inode: *mut bindings::inode,
    file: *mut bindings::file,
) -> c_int {
    // SAFETY: The VFS passes a valid inode.
    let minor = unsafe { bindings::iminor(inode) };
    match Session::new(minor) {
        Ok(session) => {
            OPENED.with(|opened| *opened += 1);
            // SAFETY: The VFS passes a valid file that nobody else uses yet.
            unsafe { (*file).private_data = Box::into_raw(session).cast() };
            0
        }
        Err(err) => err.to_errno(),
    }
}

/// # Safety
///
/// Called by the VFS once for each successful open.
unsafe extern "C" fn release_callback(
    _inode: *mut bindings::inode,
    file: *mut bindings::file,
) -> c_int {
    // SAFETY: `open_callback` put the session there, and this is its last use.
    drop(unsafe { Box::from_raw((*file).private_data.cast::<Session>()) });
    OPENED.with(|opened| *opened -= 1);
    0
}

/// # Safety
///
/// Called by the VFS for an open file, with `len` bytes of user memory at `buf`.
unsafe extern "C" fn read_callback(
    file: *mut bindings::file,
    buf: *mut c_char,
    len: usize,
    _pos: *mut bindings::loff_t,
) -> c_long {
    // SAFETY: `open_callback` put the session there; it is only shared.
    let session = unsafe { &*(*file).private_data.cast::<Session>() };
    let mut chunk = [0u8; 64];
    let mut count = 0;
    while count < len.min(chunk.len()) {
        let Some(byte) = session.ring.pop() else { break };
        chunk[count] = byte;
        count += 1;
    }
    // SAFETY: `chunk` has `count` bytes, and the function checks the user's side.
    let left = unsafe { bindings::copy_to_user(buf.cast(), chunk.as_ptr().cast(), count) };
    if left != 0 {
        return EFAULT.to_errno() as c_long;
    }
    count as c_long
}

/// # Safety
///
/// Called by the VFS for an open file, with `len` bytes of user memory at `buf`.
unsafe extern "C" fn write_callback(
    file: *mut bindings::file,
    buf: *const c_char,
    len: usize,
    _pos: *mut bindings::loff_t,
) -> c_long {
    let session = unsafe { &mut *(*file).private_data.cast::<Session>() };
    let mut chunk = MaybeUninit::<[u8; 64]>::uninit();
    let len = len.min(64);
    // SAFETY: FFI call.
    unsafe { bindings::copy_from_user(chunk.as_mut_ptr().cast(), buf.cast(), len) };
    // SAFETY: Filled from user memory above.
    let chunk = unsafe { chunk.assume_init() };
    session.log[..len].copy_from_slice(&chunk[..len]);
    session.shared.trace();
    for byte in &chunk[..len] {
        if session.ring.push(*byte).is_err() {
            return ENOMEM.to_errno() as c_long;
        }
    }
    len as c_long
}

impl Session {
    fn new(minor: u32) -> Result<Box<Self>> {
        let shared = SharedRing::of_minor(minor)?;
        let log = Box::from([0u8; 64]);
        Ok(Box::new(Session { ring: Ring::new(4096)?, shared, log }))
    }
}

struct RingModule {
    _registration: Registration,
}

impl kernel::Module for RingModule {
    fn init() -> Result<Self> {
        // SAFETY: `init` runs once, before the device can be opened.
        unsafe { OPENED.init() };
        Ok(RingModule { _registration: Registration::new(60, c"ring", &FOPS.0)? })
    }
}

/// For the old interface: checked against `ring.h` by the macro.
#[export]
pub extern "C" fn ring_rust_init() -> c_int {
    SharedRing::of_minor(0).map_or_else(Error::to_errno, |_| 0)
}

#[export]
pub extern "C" fn ring_rust_exit() {}

/// # Safety
///
/// `text` points to `len` bytes.
#[no_mangle]
pub unsafe extern "C" fn ring_rust_log(text: *const u8, len: usize) -> c_int {
    if text.is_null() {
        return EINVAL.to_errno();
    }
    // SAFETY: Not NULL, and the caller vouches for the length.
    let text = unsafe { core::slice::from_raw_parts(text, len) };
    text.iter().filter(|byte| **byte == b'\n').count() as c_int
}

/// # Safety
///
/// `file` is an open file of this driver.
#[no_mangle]
pub unsafe extern "C" fn ring_rust_poll(file: *mut bindings::file, _table: *mut c_void) -> c_uint {
    // SAFETY: By the contract of this function.
    let session = unsafe { &*(*file).private_data.cast::<Session>() };
    c_uint::from(session.ring.used() != 0) | (c_uint::from(session.ring.space() != 0) << 2)
}

#[no_mangle]
pub extern "C" fn ring_rust_owns(file: &bindings::file) -> bool {
    core::ptr::eq(file.f_op, &FOPS.0)
}

/// # Safety
///
/// `m` is a valid seq_file.
#[no_mangle]
pub unsafe extern "C" fn ring_rust_stats_show(
    m: *mut bindings::seq_file,
    _v: *mut c_void,
) -> c_int {
    // SAFETY: By the contract of this function.
    let m = unsafe { SeqFile::from_raw(m) };
    m.put_str("opened: ");
    m.put_number(OPENED.with(|opened| *opened));
    m.put_str("\n");
    0
}
