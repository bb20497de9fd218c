What an unsafe block does belongs to the innermost site.
checks: site op
-- src/lib.rs --
pub fn f(p: *const u8, n: usize) -> u32 {
    let all = unsafe { core::slice::from_raw_parts(p, n) };     //~ site:unsafe-block op:slice-from-raw-parts
    unsafe {                                                    //~ site:unsafe-block
        let first = *p;                                         //~ op:raw-deref
        core::mem::transmute::<[u8; 4], u32>([first; 4])        //~ op:transmute
    }
}
