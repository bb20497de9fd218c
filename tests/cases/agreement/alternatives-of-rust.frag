Two Rust declarations of one symbol that are never built together: branches of `cfg_if!`, modules under conditions, files for
versions of a library.
checks: verdict
-- src/lib.rs --
cfg_if! {
    if #[cfg(v110)] {
        extern "C" { fn store_free(p: *mut u8, line: i32); }
    } else if #[cfg(any(v102, v101))] {
        extern "C" { fn store_free(p: *mut u8); }
    } else {
        extern "C" { fn store_free(); }
    }
}
cfg_if! {
    if #[cfg(windows)] {
        mod windows;
    }
}
#[cfg(unix)]
mod unix;
-- src/windows.rs --
extern "C" { fn store_poll(n: u64); }
-- src/unix.rs --
extern "C" { fn store_poll(n: u32); }
-- src/pg15.rs --
extern "C" { fn store_seek(n: u64); }
-- src/pg16.rs --
extern "C" { fn store_seek(n: u32); }
-- src/other.rs --
extern "C" { fn store_put(n: u64); }    //~ verdict:may-break
-- src/another.rs --
extern "C" { fn store_put(n: u32); }
