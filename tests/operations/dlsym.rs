unsafe fn hits(handle: *mut c_void, lib: &Library) {
    libc::dlsym(handle, name.as_ptr()); //~ dlsym as-ptr
    dlsym(handle, name); //~ dlsym
    dlvsym(handle, name, version); //~ dlsym
    GetProcAddress(module, name); //~ dlsym
    lib.get::<unsafe extern "C" fn(i32) -> i32>(name); //~ dlsym
    lib.get::<*mut u32>(b"counter"); //~ dlsym
    lib.get(b"entry\0"); //~ dlsym
    lib.get(c"entry"); //~ dlsym
}

fn near_misses(map: &Map) {
    map.get("key");
    map.get::<str>(key);
    list.get(0);
    libc::dlopen(path, flags);
    lib.get(name);
}
