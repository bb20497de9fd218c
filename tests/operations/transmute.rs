use std::mem::transmute;

unsafe fn hits(x: u32) -> f32 {
    transmute(x); //~ transmute
    transmute::<u32, f32>(x); //~ transmute
    std::mem::transmute(x); //~ transmute
    ::core::mem::transmute::<u32, f32>(x); //~ transmute
    mem::transmute_copy(&x); //~ transmute
    transmute_copy::<u32, f32>(&x); //~ transmute
    intrinsics::transmute_unchecked(x); //~ transmute
    transmute::<usize, fn(i32)>(address)(7); //~ transmute
    mem::transmute(/* bits */ x) //~ transmute
}

fn near_misses(x: Value) {
    x.transmute();
    zerocopy::transmute!(x);
    transmuted(x);
    f32::from_bits(1);
}
