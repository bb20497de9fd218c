extern "C" fn hits() {
    std::panic::catch_unwind(|| run()); //~ catch-unwind
    panic::catch_unwind(AssertUnwindSafe(|| run())); //~ catch-unwind
    catch_unwind(run); //~ catch-unwind
    catch_unwind::<_, ()>(run); //~ catch-unwind
}

fn near_misses() {
    future.catch_unwind();
    panic::set_hook(hook);
    resume_unwind(payload);
}
