unsafe fn hits(state: *mut JmpBuf) {
    setjmp(state); //~ setjmp-longjmp
    ffi::_setjmp(state); //~ setjmp-longjmp
    sigsetjmp(state, 1); //~ setjmp-longjmp
    libc::longjmp(state, 1); //~ setjmp-longjmp
    siglongjmp(state, 1); //~ setjmp-longjmp
}

fn near_misses() {
    long_jump(state);
    png.setjmp();
}
