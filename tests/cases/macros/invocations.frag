Unsafe code in what macros are given.
checks: site macro
-- src/lib.rs --
fn f(p: *const u8) {
    assert_eq!(unsafe { *p }, 1, "text {}", unsafe { *p });     //~ site:unsafe-block site:unsafe-block macro:assert_eq macro:assert_eq
    println!("unsafe {{ }} {}", unsafe { p.read() });           //~ site:unsafe-block macro:println
    let v = vec![unsafe { *p }; 3];                             //~ site:unsafe-block macro:vec
    dbg!(outer!(inner![unsafe { *p }]));                        //~ site:unsafe-block macro:dbg
    if matches!(unsafe { *p }, 0..=3 | 7) {}                    //~ site:unsafe-block macro:matches
    thread_local! {
        static SLOT: *mut u8 = unsafe { make() };               //~ site:unsafe-block macro:thread_local
    }
    log::debug!("{}", { let q = p; unsafe { *q } });            //~ site:unsafe-block macro:log::debug
}
